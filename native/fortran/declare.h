/* What a model says of its fields before it hands them over. */
#ifndef PLATEAU_DECLARE_H
#define PLATEAU_DECLARE_H

#include "plateau.h"

#include "record.h"
#include "session.h"

#define MOST_RANK 16

struct plateau_variable {
    char *name;
    int type, rank, record_dimension;
    char *dimensions[MOST_RANK];
    size_t lengths[MOST_RANK];
    struct descriptor attributes; /* those given so far, in the descriptor's form */
    uint32_t attribute_count;
    struct descriptor descriptor; /* whole, from the first put on */
    uint64_t hash;
    bool decided, described, selected, auxiliary;
};

/* Makes the descriptor, and decides whether the session wants the variable. */
void declared_decide(plateau_variable *v, const struct session_settings *settings);
/* Adds what stands for the path of a file: the model's executable. */
void declared_path(struct descriptor *d);

#endif
