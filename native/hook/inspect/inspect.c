/* plateau-inspect EXECUTABLE: whether the hook can see what a program writes.
 *
 * Reads the ELF file and prints facts, one "name value" per line, then one line "verdict ...":
 *   kind           dynamic | static | script | other
 *   privileged     yes if set-uid, set-gid or with capabilities: the loader then ignores LD_PRELOAD
 *   needs          a library it is linked to directly (repeated)
 *   calls          how many of the hooked netCDF calls it refers to itself
 *   contains       how many of them are linked into it
 *   hook           linked if the hook is linked in, else none
 *   pnetcdf, hdf5  how many calls of these it refers to itself
 * Exit status: 0 the hook sees it, 1 it does not, 2 the file cannot be read.
 */
#define _GNU_SOURCE
#include "note.h"
#include "symbols.h"

#include <elf.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define NAME(name, parameters, arguments, after) #name,
static const char *const hooked[] = {NETCDF_CALLS(NAME)};

static const unsigned char *file;
static uint64_t size;

struct facts {
    bool dynamic, privileged, netcdf_library, hook;
    int calls, contains, pnetcdf, hdf5;
};

/* `count` entries of `each` bytes at `offset`, or NULL if they are not all in the file. */
static const void *part(uint64_t offset, uint64_t count, uint64_t each)
{
    uint64_t bytes;
    if (__builtin_mul_overflow(count, each, &bytes) || offset > size || bytes > size - offset)
        return NULL;
    return file + offset;
}

static const char *text(uint64_t offset, uint64_t end)
{
    if (offset >= end || end > size || memchr(file + offset, 0, end - offset) == NULL)
        return "";
    return (const char *)file + offset;
}

static bool is_hooked(const char *name)
{
    for (size_t i = 0; i < sizeof hooked / sizeof *hooked; i++)
        if (strcmp(name, hooked[i]) == 0)
            return true;
    return false;
}

static void count_symbol(struct facts *f, const char *name, bool defined)
{
    if (is_hooked(name)) {
        f->calls += !defined;
        f->contains += defined;
    } else if (!defined && strncmp(name, "ncmpi_put", 9) == 0) {
        f->pnetcdf++;
    } else if (!defined && strncmp(name, "H5Dwrite", 8) == 0) {
        f->hdf5++;
    }
}

static void read_symbols(struct facts *f, const Elf64_Shdr *table, const Elf64_Shdr *strings)
{
    uint64_t count = table->sh_size / sizeof(Elf64_Sym);
    const unsigned char *at = part(table->sh_offset, count, sizeof(Elf64_Sym));
    if (at == NULL || part(strings->sh_offset, strings->sh_size, 1) == NULL)
        return;
    for (uint64_t i = 0; i < count; i++) {
        Elf64_Sym symbol;
        memcpy(&symbol, at + i * sizeof symbol, sizeof symbol);
        count_symbol(f, text(strings->sh_offset + symbol.st_name,
                             strings->sh_offset + strings->sh_size),
                     symbol.st_shndx != SHN_UNDEF);
    }
}

static void read_needs(struct facts *f, const Elf64_Shdr *table, const Elf64_Shdr *strings)
{
    uint64_t count = table->sh_size / sizeof(Elf64_Dyn);
    const unsigned char *at = part(table->sh_offset, count, sizeof(Elf64_Dyn));
    if (at == NULL || part(strings->sh_offset, strings->sh_size, 1) == NULL)
        return;
    for (uint64_t i = 0; i < count; i++) {
        Elf64_Dyn entry;
        memcpy(&entry, at + i * sizeof entry, sizeof entry);
        if (entry.d_tag != DT_NEEDED)
            continue;
        const char *name = text(strings->sh_offset + entry.d_un.d_val,
                                strings->sh_offset + strings->sh_size);
        printf("needs %s\n", name);
        f->netcdf_library = f->netcdf_library || strncmp(name, "libnetcdf", 9) == 0;
    }
}

static bool read_elf(struct facts *f)
{
    Elf64_Ehdr header;
    if (size < sizeof header)
        return false;
    memcpy(&header, file, sizeof header);
    if (memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64
        || header.e_shentsize != sizeof(Elf64_Shdr))
        return false;
    const unsigned char *sections = part(header.e_shoff, header.e_shnum, sizeof(Elf64_Shdr));
    bool whole = false; /* the full table names what is linked in; the dynamic one what is called */
    for (int pass = 0; sections != NULL && pass < 2; pass++)
        for (unsigned i = 0; i < header.e_shnum; i++) {
            Elf64_Shdr table, strings;
            memcpy(&table, sections + i * sizeof table, sizeof table);
            if (table.sh_link >= header.e_shnum)
                continue;
            memcpy(&strings, sections + table.sh_link * sizeof strings, sizeof strings);
            const unsigned char *notes
                = table.sh_type == SHT_NOTE ? part(table.sh_offset, table.sh_size, 1) : NULL;
            f->hook = f->hook || (notes != NULL && note_found(notes, table.sh_size));
            if (pass == 0 && table.sh_type == SHT_DYNAMIC) {
                f->dynamic = true;
                read_needs(f, &table, &strings);
            } else if (pass == 0 && table.sh_type == SHT_DYNSYM) {
                read_symbols(f, &table, &strings);
            } else if (pass == 1 && table.sh_type == SHT_SYMTAB && !whole) {
                struct facts inner = {0};
                read_symbols(&inner, &table, &strings);
                f->contains = inner.contains > f->contains ? inner.contains : f->contains;
                whole = true;
            }
        }
    return sections != NULL;
}

static const char *verdict(const struct facts *f)
{
    if (f->hook)
        return "seen: the hook is linked in; start it in a session, and with plateau-hook if a shared "
               "library of its own writes too";
    if (f->privileged)
        return "unseen: the loader ignores preloads for privileged programs; remove the privilege";
    if (f->contains > 0)
        return "unseen: netCDF is linked in statically; relink with plateau_wrap.opts and "
               "libplateau_wrap.a";
    if (!f->dynamic)
        return "unseen: a static program cannot be preloaded; use the model API or replay";
    if (f->calls > 0 || f->netcdf_library)
        return "seen: it writes through a shared netCDF; put plateau-hook before it";
    if (f->pnetcdf > 0)
        return "unseen: it writes through PnetCDF; use the model API or replay";
    if (f->hdf5 > 0)
        return "unseen: it writes HDF5 without netCDF; use the model API or replay";
    return "unsure: it does not refer to netCDF itself; a library it loads may, then the hook sees "
           "it";
}

int main(int argc, char **argv)
{
    struct stat st;
    struct facts f = {0};
    int fd = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0) {
        fprintf(stderr, "plateau-inspect: expected a readable executable, got %s\n",
                argc == 2 ? argv[1] : "nothing");
        return 2;
    }
    size = (uint64_t)st.st_size;
    file = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (file == MAP_FAILED)
        return 2;
    if (size > 2 && file[0] == '#' && file[1] == '!') {
        puts("kind script\nverdict unsure: a script; inspect the program that it starts");
        return 1;
    }
    f.privileged = (st.st_mode & (S_ISUID | S_ISGID)) != 0
                   || fgetxattr(fd, "security.capability", NULL, 0) > 0;
    if (!read_elf(&f)) {
        puts("kind other\nverdict unseen: not a 64-bit ELF executable");
        return 1;
    }
    printf("kind %s\nprivileged %s\nhook %s\ncalls %d\ncontains %d\npnetcdf %d\nhdf5 %d\n",
           f.dynamic ? "dynamic" : "static", f.privileged ? "yes" : "no",
           f.hook ? "linked" : "none", f.calls, f.contains, f.pnetcdf, f.hdf5);
    const char *line = verdict(&f);
    printf("verdict %s\n", line);
    return strncmp(line, "seen", 4) == 0 ? 0 : 1;
}
