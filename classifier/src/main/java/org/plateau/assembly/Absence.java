package org.plateau.assembly;

/** Why a level of a step has no label; the ordinal is the flag value in the results. */
public enum Absence {
    /** It has one. */
    NONE("labelled"),
    /** A field that the map needs was never written for this time. */
    NEVER_CAME("field_never_came"),
    /** Part of a field never came. */
    INCOMPLETE("field_incomplete"),
    /** Writes were dropped on the way: the ring, the queue or a link was full or lost. */
    DROPPED("writes_dropped"),
    /** The writer died while it wrote. */
    TORN("writer_died"),
    /** More incomplete fields than the memory allowed for them can hold. */
    MEMORY("memory_limit"),
    /** Temperature and wind stand on different grids or levels. */
    GRIDS_DIFFER("grids_differ"),
    /** Too much of the map is missing values. */
    HOLES("too_many_missing_values"),
    /** A field is in a unit that does not convert to its quantity's. */
    UNIT("unit_not_understood");

    private final String meaning;

    Absence(String meaning) {
        this.meaning = meaning;
    }

    /** One word, as in CF's flag_meanings. */
    public String meaning() {
        return meaning;
    }

    /** In words. */
    public String text() {
        return meaning.replace('_', ' ');
    }
}
