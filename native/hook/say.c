#define _GNU_SOURCE
#include "say.h"
#include "session.h"
#include "stay.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static void write_line(const char *line, size_t length)
{
    struct pollfd out = {.fd = STDERR_FILENO, .events = POLLOUT};
    if (poll(&out, 1, 0) != 1 || out.revents != POLLOUT)
        return;
    sigset_t pending, broken;
    sigemptyset(&broken);
    sigaddset(&broken, SIGPIPE);
    sigpending(&pending);
    if (write(STDERR_FILENO, line, length) < 0 && errno == EPIPE && !sigismember(&pending, SIGPIPE))
        sigtimedwait(&broken, NULL, &(struct timespec){0});
}

void say(const char *what, const char *why)
{
    char line[SESSION_ERROR_BYTES + 128];
    struct stay_held before;
    int length = snprintf(line, sizeof line, "plateau: %s%s\n", what, why);
    stay_hold_signals(&before);
    if (length > 0 && length < (int)sizeof line)
        write_line(line, (size_t)length);
    stay_release_signals(&before);
}
