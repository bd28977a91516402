/* Loads plugin.c with a scope of its own (RTLD_LOCAL) and writes through it: loader PLUGIN PATH */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    void *plugin = argc == 3 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    int (*open_file)(const char *, int *, int *), (*put)(int, int), (*close_file)(int);
    if (plugin == NULL)
        return 2;
    *(void **)&open_file = dlsym(plugin, "plugin_open");
    *(void **)&put = dlsym(plugin, "plugin_put");
    *(void **)&close_file = dlsym(plugin, "plugin_close");
    int nc, id;
    printf("%d", open_file(argv[2], &nc, &id));
    printf(" %d", put(nc, id));
    printf(" %d\n", close_file(nc));
    return 0;
}
