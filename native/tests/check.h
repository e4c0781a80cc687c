/* One macro to test with: says what failed and where, and ends the program. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>

#define CHECK(expected, actual)                                              \
	do {                                                                 \
		long long e_ = (long long)(expected), a_ = (long long)(actual); \
		if (e_ != a_) {                                              \
			fprintf(stderr, "%s:%d: %s is %lld, expected %lld\n", \
				__FILE__, __LINE__, #actual, a_, e_);        \
			exit(1);                                             \
		}                                                            \
	} while (0)

#endif
