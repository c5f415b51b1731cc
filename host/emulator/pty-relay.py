"""A pseudo terminal for the emulated board: stdin and stdout are the board's wire, fd 3 tells who opens and closes it.

Node cannot make pseudo terminals. Lines on fd 3: `path /dev/pts/N`, `open`, `close`, `rate 57600`.
As on a real wire, what the board sends while nobody has the port open is lost.
"""
import os
import pty
import select
import sys
import termios
import time
import tty

LOOK = 0.005  # s between two looks at the port
RATES = {getattr(termios, name): int(name[1:]) for name in dir(termios) if name[0] == "B" and name[1:].isdigit()}


def tell(line):
    os.write(3, (line + "\n").encode())


def main():
    master, slave = pty.openpty()
    tty.setraw(slave)
    path = os.ttyname(slave)
    os.close(slave)
    os.set_blocking(master, False)
    is_open = False
    rate = None
    poll = select.poll()
    poll.register(master, select.POLLIN)
    poll.register(0, select.POLLIN)
    tell("path " + path)
    while True:
        # An opened port and a changed rate make no event of their own.
        events = dict(poll.poll(LOOK * 1000))
        hung_up = events.get(master, 0) & select.POLLHUP
        opened = not hung_up and not is_open
        if opened:
            time.sleep(LOOK)  # for its rate, which a client sets when it has opened it
        if not hung_up:
            now = RATES.get(termios.tcgetattr(master)[5])
            if now and now != rate:
                rate = now
                tell("rate %d" % rate)
        if opened:
            while select.select([0], [], [], 0)[0]:  # said before anybody listened
                if not os.read(0, 4096):
                    return
            events.pop(0, None)
            is_open = True
            tell("open")
        if hung_up and is_open:
            is_open = False
            termios.tcflush(master, termios.TCIOFLUSH)
            tell("close")
        if events.get(master, 0) & select.POLLIN:
            try:
                os.write(1, os.read(master, 4096))
            except OSError:
                pass
        if events.get(0, 0):
            data = os.read(0, 4096)
            if not data:
                return
            if is_open:
                try:
                    os.write(master, data)
                except OSError:
                    pass  # nobody reads: the port's buffer is full
        if hung_up and not events.get(0, 0):
            time.sleep(LOOK)


try:
    main()
except (KeyboardInterrupt, BrokenPipeError):
    sys.exit(0)
