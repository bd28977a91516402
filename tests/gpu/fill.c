/* Takes all memory of a GPU and holds it until its standard input ends: fill [DEVICE]
 *
 * Says "full: N MiB" when not even a MiB more is to be had. The driver is loaded at run time, so
 * that this compiles without CUDA; exit code 3 if there is none. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

typedef int (*init_call)(unsigned);
typedef int (*device_call)(int *, int);
typedef int (*context_call)(void **, unsigned, int);
typedef int (*allocate_call)(unsigned long long *, size_t);

static void *driver;

static void *symbol(const char *name)
{
    void *found = dlsym(driver, name);
    if (found == NULL) {
        fprintf(stderr, "fill: expected %s in libcuda.so.1, found none\n", name);
        exit(3);
    }
    return found;
}

static void check(const char *call, int code)
{
    if (code != 0) {
        fprintf(stderr, "fill: %s ended with CUDA error %d\n", call, code);
        exit(3);
    }
}

int main(int argc, char **argv)
{
    driver = dlopen("libcuda.so.1", RTLD_NOW);
    if (driver == NULL) {
        fprintf(stderr, "fill: %s\n", dlerror());
        return 3;
    }
    int device = 0;
    void *context = NULL;
    check("cuInit", ((init_call)symbol("cuInit"))(0));
    check("cuDeviceGet", ((device_call)symbol("cuDeviceGet"))(&device, argc > 1 ? atoi(argv[1]) : 0));
    check("cuCtxCreate", ((context_call)symbol("cuCtxCreate_v2"))(&context, 0, device));
    allocate_call allocate = (allocate_call)symbol("cuMemAlloc_v2");
    unsigned long long address, taken = 0;
    for (size_t piece = (size_t)1 << 34; piece >= (size_t)1 << 20; piece /= 2)
        while (allocate(&address, piece) == 0)
            taken += piece;
    printf("full: %llu MiB\n", taken >> 20);
    fflush(stdout);
    while (getchar() != EOF)
        ;
    return 0;
}
