/* A plug-in whose start waits for what the program does meanwhile; see loads.c. */
#define _GNU_SOURCE
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

extern _Atomic int loads_stage; /* 0: nothing; 1: the plug-in starts; 2: the program has written */

__attribute__((constructor)) static void start(void)
{
    const struct timespec nap = {.tv_nsec = 1000000};
    loads_stage = 1;
    for (int i = 0; i < 10000 && loads_stage == 1; i++)
        nanosleep(&nap, NULL);
    printf("it has written %d\n", loads_stage == 2);
}
