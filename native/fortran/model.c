/* The model API over a session. */
#include "plateau.h"

#include "session.h"

#include <errno.h>
#include <stdlib.h>

#define PUBLIC __attribute__((visibility("default")))

PUBLIC int plateau_stop_requested(void)
{
    int saved = errno;
    int requested = session_stop_requested(getenv("PLATEAU_SESSION"));
    errno = saved;
    return requested;
}

PUBLIC const char *plateau_version(void)
{
    return PLATEAU_VERSION;
}
