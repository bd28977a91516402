/* A line on standard error, shared by the hook and the model API. */
#ifndef PLATEAU_HOOK_SAY_H
#define PLATEAU_HOOK_SAY_H

/* Says "plateau: ", both texts and a line's end. Where nobody listens nothing is said: neither does a
 * full pipe hold the model up, nor one without a reader end it by SIGPIPE. */
void say(const char *what, const char *why);

#endif
