/* Says in one line that this build is for newer processors, before the first instruction that this
 * one lacks would end the run with SIGILL. Compiled without -march; runs before main. */
#include <stdio.h>
#include <stdlib.h>

#if defined(__x86_64__) && defined(NEEDS_AVX2)
__attribute__((constructor)) static void look(void)
{
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
        return;
    }
    fputs("minigcm: built for processors with AVX2 and FMA, which this one lacks; build it again "
          "with make -C native ARCH=\n",
          stderr);
    _Exit(2);
}
#else
typedef int nothing_to_look_for;
#endif
