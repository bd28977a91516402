/* Makes a session in the directory argv[1] whose stop flag is set, as run control would. */
#include <stdio.h>
#include <string.h>

#include "session.h"

int main(int argc, char **argv)
{
    char error[SESSION_ERROR_BYTES] = "";
    struct session_settings settings;

    if (argc != 2) return 2;
    memset(&settings, 0, sizeof settings);
    settings.ring_bytes = 8u << 20;
    settings.shared_bytes = 64u << 20;
    if (session_set_patterns(&settings, "T\n", "", error) != 0 ||
        session_create(argv[1], &settings, error) != 0) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    struct session_control *control = session_map(argv[1], error);
    if (control == NULL) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    atomic_store(&control->stop, 1);
    session_unmap(control);
    return 0;
}
