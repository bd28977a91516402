#include "select.h"

#include <fnmatch.h>
#include <string.h>

int select_by(const char *patterns, size_t length, const char *name)
{
    int verdict = -1;
    for (const char *line = patterns, *end = patterns + length; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t size = (size_t)((stop ? stop : end) - line);
        char pattern[512];
        if (size > 0 && size < sizeof pattern) {
            memcpy(pattern, line, size);
            pattern[size] = 0;
            bool exclude = pattern[0] == '!';
            if (fnmatch(pattern + exclude, name, 0) == 0)
                verdict = exclude ? 0 : 1;
        }
        line += size + 1;
    }
    return verdict;
}

/* Whether a list names anything to include: one of exclusions only means "all but these". */
static bool includes(const char *patterns, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((i == 0 || patterns[i - 1] == '\n') && patterns[i] != '!')
            return true;
    return false;
}

bool selected_by_name(
    const struct session_settings *s, const char *variable, const char *dimensions)
{
    return select_by(s->patterns, s->variables_length, variable) > 0
           && select_by(s->patterns + s->variables_length, s->dimensions_length, dimensions) != 0;
}

bool selected(const struct session_settings *s, const char *variable, const char *dimensions,
              bool auxiliary)
{
    const char *dimension_patterns = s->patterns + s->variables_length;
    int by_name = select_by(s->patterns, s->variables_length, variable);
    int by_shape = select_by(dimension_patterns, s->dimensions_length, dimensions);
    if (by_name == 0 || by_shape == 0)
        return false;
    if (auxiliary)
        return true;
    if (by_name < 0 && includes(s->patterns, s->variables_length))
        return false;
    return by_shape > 0 || !includes(dimension_patterns, s->dimensions_length);
}
