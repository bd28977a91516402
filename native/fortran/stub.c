/* The model API without Plateau: nothing is ever requested. */
#include "plateau.h"

int plateau_stop_requested(void)
{
    return 0;
}

const char *plateau_version(void)
{
    return "stub";
}
