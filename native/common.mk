# What every part's Makefile shares. BUILD is where products go: $(BUILD)/{bin,lib,include}.
BUILD ?= ../build
# One name for each product, whoever asks for it: what it depends on is noted under that name.
override BUILD := $(abspath $(BUILD))
VERSION := 0.1.0
CC ?= gcc
FC := $(if $(filter default,$(origin FC)),gfortran,$(FC))
WARNINGS := -Wall -Wextra -Werror
CFLAGS ?= -O2 -g
FFLAGS ?= -O2 -g
C_FLAGS := -std=c11 $(WARNINGS) -fPIC -fvisibility=hidden -MMD -MP $(CFLAGS)
F_FLAGS := -std=f2018 -Wall -Wextra -Werror -fPIC $(FFLAGS)
LIB := $(BUILD)/lib
BIN := $(BUILD)/bin
INCLUDE := $(BUILD)/include
# Objects of a part, by its folder's name.
OBJ := $(BUILD)/obj/$(notdir $(CURDIR))

all:

$(LIB) $(BIN) $(INCLUDE) $(OBJ):
	mkdir -p $@

$(OBJ)/%.o: %.c | $(OBJ)
	$(CC) $(C_FLAGS) $(EXTRA) -c $< -o $@
