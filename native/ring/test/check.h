/* The smallest test harness: each test is a function; one line per test on stdout. */
#ifndef PLATEAU_CHECK_H
#define PLATEAU_CHECK_H

#include <stdio.h>
#include <string.h>

static int check_failures;
static char check_why[512];

#define CHECK(condition)                                                                      \
    do {                                                                                      \
        if (!(condition) && check_why[0] == 0)                                                \
            snprintf(check_why, sizeof check_why, "%s:%d: %s", __FILE__, __LINE__, #condition); \
    } while (0)

#define RUN(test)                                        \
    do {                                                 \
        check_why[0] = 0;                                \
        test();                                          \
        if (check_why[0] == 0) {                         \
            printf("ok %s\n", #test);                    \
        } else {                                         \
            printf("FAIL %s: %s\n", #test, check_why);   \
            check_failures++;                            \
        }                                                \
        fflush(stdout);                                  \
    } while (0)

#endif
