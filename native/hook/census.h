/* How many netCDF libraries are in the process. Where there is one, every call goes there. */
#ifndef PLATEAU_CENSUS_H
#define PLATEAU_CENSUS_H

#include "library.h"

/* Where a call goes if there is one netCDF library in the process and it is known; false if not. Waits
 * for no thread that loads something. `opens`: what was loaded meanwhile is counted, too. Keeps errno. */
bool census_route(enum call call, bool opens, struct route *route);

/* Counts what was loaded; whether there is one and never was another. */
bool census_is_one(void);

/* A library that was not there at the start and is not going to be unloaded. */
void census_adopt(const struct library *library);

/* The entry of the library that was alone at the start; NULL if there was none. */
const struct library *census_library(void);

/* This thread is about to load something. */
void census_doubt(void);

#endif
