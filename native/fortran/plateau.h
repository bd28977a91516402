/* Plateau's model API for C and C++: ask whether the run may end.
 *
 * Without a session (PLATEAU_SESSION unset, or gone) nothing is ever requested. No call blocks,
 * aborts, or changes errno. Link with -lplateau, or with -lplateau_stub where Plateau shall
 * not be linked in: the same interface that does nothing.
 */
#ifndef PLATEAU_H
#define PLATEAU_H

#ifdef __cplusplus
extern "C" {
#endif

/* 1 if whoever watches this run has asked it to end at the next convenient point, else 0. */
int plateau_stop_requested(void);

/* Version of the library, "major.minor.patch", or "stub". */
const char *plateau_version(void);

#ifdef __cplusplus
}
#endif
#endif
