// Names of the vectors that the two chips call differently.
#pragma once

#ifdef __AVR_ATmega2560__
#define LOOM_RECEIVED_vect USART0_RX_vect
#define LOOM_REGISTER_EMPTY_vect USART0_UDRE_vect
#else
#define LOOM_RECEIVED_vect USART_RX_vect
#define LOOM_REGISTER_EMPTY_vect USART_UDRE_vect
#endif
