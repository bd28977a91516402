/* Loads plug-ins (plugin.c) one after the other, each with a scope of its own (RTLD_LOCAL), writes
 * through each and unloads it, so that the next may come to lie in its place: loader PLUGIN PATH ... */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>

static int write_through(const char *name, const char *path)
{
    void *plugin = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    int (*open_file)(const char *, int *, int *), (*put)(int, int), (*close_file)(int);
    if (plugin == NULL)
        return 2;
    *(void **)&open_file = dlsym(plugin, "plugin_open");
    *(void **)&put = dlsym(plugin, "plugin_put");
    *(void **)&close_file = dlsym(plugin, "plugin_close");
    int nc, id;
    printf("%d", open_file(path, &nc, &id));
    printf(" %d", put(nc, id));
    printf(" %d\n", close_file(nc));
    return dlclose(plugin);
}

int main(int argc, char **argv)
{
    int bad = argc < 3;
    for (int i = 1; !bad && i + 1 < argc; i += 2)
        bad = write_through(argv[i], argv[i + 1]);
    return bad;
}
