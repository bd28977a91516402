/* A program with a netCDF of its own (which_netcdf.c), and a plug-in (plugin.c) that finds the one that
 * it depends on first (RTLD_DEEPBIND) and is bound call by call: deep PLUGIN */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netcdf.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    static const double field[4] = {1, 2, 3, 4};
    int nc, id, own;
    void *plugin = argc == 2 ? dlopen(argv[1], RTLD_LAZY | RTLD_LOCAL | RTLD_DEEPBIND) : NULL;
    int (*open_file)(const char *, int *, int *), (*put)(int, int), (*close_file)(int);
    if (plugin == NULL)
        return 2;
    *(void **)&open_file = dlsym(plugin, "plugin_open");
    *(void **)&put = dlsym(plugin, "plugin_put");
    *(void **)&close_file = dlsym(plugin, "plugin_close");
    if (nc_create("own.nc", 0, &own) != 0 || dlopen("libm.so.6", RTLD_NOW) == NULL)
        return 3;
    int bad = open_file("plugin.nc", &nc, &id) || put(nc, id) || nc_put_var_double(own, 0, field)
              || close_file(nc) || nc_close(own);
    return bad;
}
