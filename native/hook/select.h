/* Which variables a session wants: name and dimension patterns. */
#ifndef PLATEAU_SELECT_H
#define PLATEAU_SELECT_H

#include "session.h"

/* What the last matching line says: 1 wanted, 0 excluded, -1 no line matches. */
int select_by(const char *patterns, size_t length, const char *name);

/* `dimensions`: names joined by commas. `auxiliary`: coordinates, time and bounds, which are wanted
 * unless a pattern excludes them. */
bool selected(const struct session_settings *settings, const char *variable,
              const char *dimensions, bool auxiliary);
/* The same for a variable that is wanted only if a pattern names it. */
bool selected_by_name(
    const struct session_settings *settings, const char *variable, const char *dimensions);

#endif
