/* Three libraries and a program: the first loads something while it is initialised, the second finds out
 * in its own initialisation whether the first one's is over, the third needs the second and writes. The
 * program has them from the start, or loads one that needs the third: early PATH [LIBRARY]. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netcdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int first_is_ready(void);
int write_early(const char *path);

#if defined(FIRST)

static int ready;

__attribute__((constructor)) static void load(void)
{
    ready = dlopen("libm.so.6", RTLD_LAZY) != NULL;
}

int first_is_ready(void)
{
    return ready;
}

#elif defined(SECOND)

__attribute__((constructor)) static void ask(void)
{
    if (!first_is_ready())
        abort();
}

#elif defined(THIRD)

int write_early(const char *path)
{
    int nc = -1, id = -1, rc = nc_create(path, NC_CLOBBER, &nc);
    double value = 4;
    rc = rc != 0 ? rc : nc_def_var(nc, "T", NC_DOUBLE, 0, NULL, &id);
    rc = rc != 0 ? rc : nc_enddef(nc);
    rc = rc != 0 ? rc : nc_put_var_double(nc, id, &value);
    return rc != 0 ? rc : nc_close(nc);
}

#else

int main(int argc, char **argv)
{
    int (*write_it)(const char *) = NULL;
    void *library = dlopen(argc > 2 ? argv[2] : NULL, RTLD_NOW);
    void *found = library != NULL ? dlsym(library, "write_early") : NULL;
    memcpy(&write_it, &found, sizeof found);
    if (argc < 2 || write_it == NULL)
        return 2;
    printf("wrote %d\n", write_it(argv[1]));
    return 0;
}

#endif
