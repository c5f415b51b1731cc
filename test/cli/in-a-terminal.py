#!/usr/bin/env python3
"""Runs a command in a terminal of its own: in-a-terminal.py COLUMNS ROWS COMMAND…

What is typed comes on stdin, what the terminal is told goes to stdout. At the end one JSON line goes to descriptor 3:
the exit code, and whether the terminal was left as it was found (line by line, with echo).
"""
import fcntl, json, os, pty, select, struct, sys, termios

columns, rows, *command = sys.argv[1:]
master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', int(rows), int(columns), 0, 0))
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for descriptor in (0, 1, 2):
        os.dup2(slave, descriptor)
    os.execvp(command[0], command)
# The slave stays open, so that the terminal can be looked at when the command has ended.
found = termios.tcgetattr(slave)[3] & (termios.ICANON | termios.ECHO)
typing = True
status = None
while True:
    ready, _, _ = select.select([master] + ([0] if typing else []), [], [], 0.02)
    if 0 in ready:
        typed = os.read(0, 1024)
        if typed.startswith(b'\x00'):  # \0COLUMNSxROWS\n: the window changes its size
            size, _, rest = typed[1:].partition(b'\n')
            wide, high = size.split(b'x')
            fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack('HHHH', int(high), int(wide), 0, 0))
            os.write(master, rest)
        elif typed:
            os.write(master, typed)
        else:
            typing = False
    if master in ready:
        os.write(1, os.read(master, 65536))
    elif status is not None:
        break
    if status is None:
        ended, code = os.waitpid(pid, os.WNOHANG)
        if ended:
            status = os.waitstatus_to_exitcode(code)
left = termios.tcgetattr(slave)[3] & (termios.ICANON | termios.ECHO)
os.write(3, json.dumps({'code': status, 'sane': found == left}).encode() + b'\n')
