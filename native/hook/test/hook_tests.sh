#!/usr/bin/env bash
# Tests of the hook with real programs (harness.sh). Arguments: the build folder, and names of tests.
# shellcheck disable=SC2317,SC2154,SC2034,SC2015,SC1091
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

# ---- what is captured ----

classic_file_is_the_same_and_every_write_arrives() {
    fresh && same "$bin/serial" a.nc 3 classic && expect 10 '^DATA' && expect 1 '^CLOSE' && expect 1 '^END'
}
a_prepared_ring_is_taken_and_every_write_arrives() {
    fresh writers=2 && same "$bin/serial" a.nc 3 classic && expect 10 '^DATA' && expect 1 '^END' &&
        [ "$(find "$session" -name 'spare.*' | wc -l)" = 1 ]
}
netcdf4_file_is_the_same_and_every_write_arrives() {
    fresh && same "$bin/serial" a.nc 3 netcdf4 && expect 10 '^DATA'
}
every_put_of_every_type_arrives_with_its_elements() {
    fresh && same "$bin/families" a.nc && expect 84 '^DATA' || return 1
    sed -n 's/^DATA.* var=\([^ ]*\) .* hash=\(.*\)/\1 \2/p' "$log" | sort >"$work/captured"
    awk '{ print $1, $3 }' "$work/hooked/stdout" | sort | diff - "$work/captured"
}
fortran_with_traps_and_strides_arrives() {
    fresh && same "$bin/traps" a.nc && told_errnos 22 && expect 15 '^DATA' && expect 5 'var=u .*start=[0-4],0 count=1,32 stride=1,2'
}
later_variables_rewrites_and_appends_arrive() {
    fresh && same "$bin/trouble" changes a.nc && expect 3 'file=1 .*var=T ' && expect 1 'var=later ' &&
        expect 1 'file=1 .*var=Temp ' && expect 1 'file=2 .*var=Temp .*start=5,0' && expect 2 '^CLOSE'
}
variables_in_groups_carry_their_full_name() {
    fresh && same "$bin/trouble" groups a.nc && expect 2 'var=/physics/T ' && expect 1 'var=T '
}
# words [OPTION...]: HDF5 writes the second into a file with types of a user's
words() {
    for _ in 1 2 3 4; do fresh "$@" && same "$bin/trouble" words a.nc && return 0; done
    return 1
}
strings_and_own_types_are_gaps_if_a_pattern_names_them() {
    words && expect 1 '^DATA|^GAP' && expect 1 '^DATA.*var=T ' || return 1
    words 'vars=T,name,k*' && expect 1 '^DATA' && expect 4 '^GAP.*reason=9 ' &&
        expect 2 '^GAP.*var=name type=12 .*start=2 count=2 ' && expect 1 '^GAP.*var=kind type=0 .*start=2 count=2 ' &&
        expect 1 '^account written=5 '
}
values_beyond_the_type_of_the_file_are_written_and_captured() {
    fresh && same "$bin/trouble" range a.nc && grep -qx 'range -60' "$work/hooked/stdout" &&
        expect 2 '^DATA.*path=a.nc.0 var=T ' && expect 2 '^DATA.*path=a.nc.1 var=T '
}
a_relative_path_means_the_folder_in_which_the_file_was_made() {
    fresh && same "$bin/trouble" folders a.nc && expect 3 '^DATA' && expect 3 '^CLOSE' || return 1
    # what describes each begins with its path: three files, none taken for another, also at the end
    [ "$(sed -n 's/^CLOSE.* about=\([0-9a-f]*\).*/\1/p' "$log" | sort -u | wc -l)" = 3 ] &&
        [ "$(sed -n 's/^DATA.* about=\([0-9a-f]*\).*/\1/p' "$log" | sort -u | wc -l)" = 3 ]
}
every_other_way_to_write_is_seen_too() {
    fresh && same "$bin/trouble" ways a.nc && expect 2 'path=a.nc var=T .*start=[01],0 count=1,20000 ' &&
        expect 2 'var=scalar .*bytes=8 ' && expect 1 'var=grows .*start=2,1,0 count=1,1,20000' &&
        expect 1 'var=grows .*start=0,0,0 count=3,2,20000' && expect 1 'var=rounded .*bytes=160000 ' &&
        expect 2 'path=a.nc.4 var=T .*start=[01],0 count=1,20000' && expect 9 '^DATA'
}
attributes_put_later_travel_with_the_next_write() {
    fresh && same "$bin/trouble" attributes a.nc && expect 7 '^DATA.*var=T ' && expect 1 'var=temp ' || return 1
    # the record after "history" was put is described as the one before
    [ "$(sed -n 's/^DATA.* about=\([0-9a-f]*\).*/\1/p' "$log" | sort -u | wc -l)" = 7 ]
}
units_fill_values_names_and_calendar_travel_with_the_data() {
    fresh || return 1
    (cd "$work/hooked" && hooked "$bin/trouble" meaning a.nc >stdout) && ring_test tell "$session" 20 >"$log" &&
        expect 1 'of=time units=days since 2000-01-01$' && expect 1 'of=time calendar=360_day$' && expect 1 'of=T units=K$' &&
        expect 1 'of=T standard_name=air_temperature$' && expect 1 'of=T _FillValue=-999$' &&
        expect 1 'of=T valid_range=1.5,2.5$' && expect 2 'of= ibegin=7$'
}
a_file_per_output_time_is_a_file_of_its_own() {
    fresh && same "$bin/trouble" steps a.nc && expect 20 '^DATA' && expect 20 '^CLOSE' &&
        [ "$(sed -n 's/^DATA.*file=\([0-9]*\).* path=a.nc.\([0-9]*\).*/\1 \2/p' "$log" | sort -u | wc -l)" = 20 ]
}
two_hundred_open_files_are_told_apart() {
    fresh shared=500000000 ring=134217728 && same "$bin/trouble" many a.nc && expect 400 '^DATA' &&
        expect 200 '^CLOSE' && [ "$(sed -n 's/^DATA.*file=\([0-9]*\).*/\1/p' "$log" | sort -u | wc -l)" = 200 ]
}
only_selected_variables_are_captured_and_coordinates_always() {
    fresh 'vars=T' && same "$bin/serial" a.nc 3 && expect 3 'var=T ' && expect 0 'var=u ' &&
        expect 3 'var=time ' && expect 1 'var=lat '
}
exclusions_and_dimension_patterns_hold() {
    fresh 'vars=*,!u,!lat' 'dims=time,l*' && same "$bin/serial" a.nc 3 && expect 3 'var=T ' &&
        expect 0 'var=u ' && expect 0 'var=lat ' && expect 3 'var=time '
}
a_stride_in_time_takes_every_nth_record() {
    fresh stride=3 && same "$bin/serial" a.nc 9 && expect 3 'var=T ' && expect 3 'var=time ' &&
        expect 1 'var=T .*start=6,0,0,0'
}
# parallel_runs RANKS MODE COLLECTIVE [WORD...]: without and with the hook: output and errno after every
# call are the same. mpirun itself is not preloaded; the writers are, by a wrapper as in a job.
parallel_runs() {
    local ranks=$1 settle=$bin/libsettle.so
    writers() { timeout 120 mpirun --oversubscribe -np "$ranks" env "$@" "$bin/parallel" "${program[@]}"; }
    local program=("$2" a.nc "${@:3}")
    fresh || return 1
    (cd "$work/plain" && writers LD_PRELOAD="$settle") || return 1
    (cd "$work/hooked" && writers PLATEAU_SESSION="$session" LD_PRELOAD="$hook:$settle") || return 1
    diff -r "$work/plain" "$work/hooked" && told_errnos 100 && ring_test drain "$session" 20 >"$log"
}
parallel_one_file_from_two_writers() {
    parallel_runs 2 one 0 && expect 4 'var=T .*start=[0-3],0,0,0 count=1,3,9,36' &&
        expect 4 'var=T .*start=[0-3],0,9,0 count=1,3,10,36' && expect 8 'var=time_counter ' && expect 2 '^account' &&
        expect 8 'var=time_counter_bounds ' && expect 2 'var=label .*start=0,0 count=3,4 ' && expect 4 'var=P ' &&
        expect 50 '^DATA' # P is written by the first rank alone
}
parallel_one_file_with_collective_coordinates() {
    parallel_runs 2 one 1 && expect 8 'var=U ' && expect 2 'var=lat ' && expect 50 '^DATA'
}
parallel_file_opened_again_is_appended_to_and_nobody_waits() {
    parallel_runs 2 one 0 again && expect 1 'var=lat .*start=18 count=1 ' && expect 2 'var=T .*start=4,0,' &&
        expect 10 'var=time_counter ' && expect 59 '^DATA'
}
the_place_of_each_part_travels_with_its_data() {
    fresh || return 1
    (cd "$work/hooked" && timeout 120 mpirun --oversubscribe -np 2 env PLATEAU_SESSION="$session" LD_PRELOAD="$hook" \
        "$bin/parallel" many a.nc 0) && ring_test tell "$session" 20 | sort -u >"$log" || return 1
    expect 1 'path=a.nc_0 of= DOMAIN_position_first=1,1$' && expect 1 'path=a.nc_1 of= DOMAIN_position_first=1,10$' &&
        expect 1 'path=a.nc_0 of= DOMAIN_size_local=36,9$' && expect 1 'path=a.nc_1 of= DOMAIN_size_local=36,10$' &&
        expect 2 ' of= DOMAIN_size_global=36,19$' && expect 1 'path=a.nc_1 of= jbegin=9$' &&
        expect 2 ' of= DOMAIN_number_total=2$' && expect 2 ' of= DOMAIN_type=box$' && expect 2 ' of=T online_operation=average$'
}
parallel_multiple_files_from_two_writers() {
    parallel_runs 2 many 0 && expect 4 'path=a.nc_0 var=T .*count=1,3,9,36' &&
        expect 4 'path=a.nc_1 var=T .*start=[0-3],0,0,0 count=1,3,10,36'
}
parallel_files_opened_by_the_calls_of_fortran_are_captured() {
    parallel_runs 2 one 0 again fortran && expect 1 'path=a.nc var=lat .*start=18 count=1 ' && expect 2 'var=T .*start=4,0,' &&
        expect 59 '^DATA' && expect 4 '^CLOSE' && grep -q ' nc_create_par_fortran(' "$work/hooked/errnos.0" &&
        grep -q ' nc_open_par_fortran(' "$work/hooked/errnos.0"
}
# Every rank of the model writes its tile of 9 or 10 rows and 18 columns.
attached_ranks_write_their_tiles_of_one_file_together() {
    parallel_runs 4 attached_one 1 && expect 4 'var=T .*start=[0-3],0,0,0 count=1,3,9,18' &&
        expect 4 'var=T .*start=[0-3],0,0,18 count=1,3,9,18' && expect 4 'var=U .*start=[0-3],0,9,0 count=1,3,10,18' &&
        expect 4 'var=U .*start=[0-3],0,9,18 count=1,3,10,18' && expect 16 'var=time_counter ' &&
        expect 2 'var=lon .*start=18 count=18 ' && expect 4 'var=P ' && expect 96 '^DATA' && expect 4 '^account'
}
attached_ranks_write_files_of_their_own() {
    parallel_runs 4 attached_many 0 && expect 4 'path=a.nc_0 var=T .*count=1,3,9,18' &&
        expect 4 'path=a.nc_3 var=T .*start=[0-3],0,0,0 count=1,3,10,18' && expect 16 'var=U ' && expect 96 '^DATA' &&
        expect 4 '^account' && expect 4 '^CLOSE'
}
servers_of_a_second_level_write_whole_fields_and_those_of_the_first_nothing() {
    parallel_runs 4 pools 0 && expect 4 'path=a.nc_2 var=T .*start=[0-3],0,0,0 count=1,3,19,36' &&
        expect 4 'path=a.nc_3 var=U .*start=[0-3],0,0,0 count=1,3,19,36' && expect 4 'var=T ' && expect 4 'var=U ' &&
        expect 46 '^DATA' && expect 2 '^account' && expect 2 '^CLOSE' &&
        [ "$(cd "$work/hooked" && echo *)" = 'a.nc_2 a.nc_3 errnos.2 errnos.3' ]
}
two_netcdf_libraries_in_one_process_are_kept_apart() {
    local order
    for order in both_parallel_first both_serial_first; do
        fresh && same "$bin/$order" && told_errnos 6 && expect 1 'path=c.nc var=from_c ' && expect 1 'path=fortran.nc var=from_fortran ' || return 1
    done
}
netcdf_behind_a_plug_in_is_captured() {
    fresh && same "$bin/loader" "$bin/libplugin.so" a.nc && grep -qx '0 0 0' "$work/hooked/stdout" && expect 1 '^DATA.*var=T '
}
a_plug_in_in_the_place_of_another_reaches_its_own_netcdf() {
    local serial=$bin/libplugin.so mpi=$bin/libplugin_mpi.so
    fresh && same "$bin/loader" "$serial" a.nc "$mpi" b.nc "$serial" c.nc "$mpi" d.nc &&
        [ "$(grep -cx '0 0 0' "$work/hooked/stdout")" = 4 ] && expect 4 '^DATA.*path=[abcd].nc var=T '
}
# thin_plug_ins COUNT ORDER FIRST SECOND: the loader finds them beside itself
thin_plug_ins() {
    fresh && same "$bin/thin_loader" "${@:2}" && [ "$(grep -cx 'same number 1' "$work/hooked/stdout")" = "$1" ] ||
        { echo "$*" && return 1; }
    expect $((2 * $1)) '^DATA.*_first.nc var=T ' && expect $((2 * $1)) '^DATA.*_second.nc var=T ' && [ ! -s "$work/hooked.err" ]
}
plug_ins_that_jump_reach_the_library_of_their_own() {
    local order
    for order in loaded used lazy; do
        thin_plug_ins 1 "$order" libthin.so libthin_mpi.so && thin_plug_ins 1 "$order" libthin_mpi.so libthin.so &&
            thin_plug_ins 1 "$order" libthin_mpi.so libthin_now.so && thin_plug_ins 1 "$order" libthin_now.so libthin_mpi.so ||
            return 1
    done
    thin_plug_ins 2 again libthin.so libthin_mpi.so && thin_plug_ins 2 again libthin_mpi.so libthin_now.so
}
a_netcdf_that_becomes_global_later_changes_nothing_for_a_plug_in() { thin_plug_ins 1 global libthin_mpi.so libthin.so; }
plug_ins_in_two_threads_reach_the_library_of_their_own() {
    for _ in 1 2 3; do
        fresh && same "$bin/thin_loader" threads libthin.so libthin_mpi.so && expect 200 '^(DATA|GAP).*var=T ' || return 1
    done
}
netcdf_loaded_by_an_interpreter_is_captured() {
    if ! /usr/bin/python3 -c 'import netCDF4' 2>/dev/null; then
        echo "skip: no netCDF4 for Python" >&3
        return 0
    fi
    fresh && same /usr/bin/python3 -c '
import netCDF4
f = netCDF4.Dataset("a.nc", "w")
f.createDimension("x", 5)
v = f.createVariable("T", "f8", ("x",))
v.units = "K"
v[:] = [1, 2, 3, 4, 5]
f.close()' && expect 1 '^DATA.*path=a.nc var=T .*count=5'
}
statically_wrapped_netcdf_is_captured() {
    local preload=
    fresh && same "$bin/wrapped" a.nc 3 && expect 10 '^DATA' && expect 1 '^END'
}

a_program_with_the_hook_linked_in_is_captured_once_under_preload_too() {
    fresh && same "$bin/wrapped" a.nc 3 && expect 10 '^DATA' && expect 1 '^account' || return 1
    fresh && same "$bin/both_wrapped" && told_errnos 6 && expect 1 'path=c.nc var=from_c ' && expect 1 'path=fortran.nc var=from_fortran '
}
netcdf_that_is_linked_in_is_captured() {
    local preload='' program
    for program in contend_wrapped contend_wholly; do
        fresh vars=T ring=300000000 shared=400000000 && same "$bin/$program" puts &&
            expect 1 "^account written=$(sed -n 's/^wrote //p' "$work/hooked.err") " && expect 0 'var=unwanted' || return 1
    done
}

# ---- harm nothing ----

without_a_session_nothing_is_captured() {
    fresh || return 1
    (cd "$work/plain" && "$bin/trouble" process a.nc 2>"$work/plain.err")
    (cd "$work/hooked" && LD_PRELOAD=$hook "$bin/trouble" process a.nc 2>"$work/hooked.err") || return 1
    diff -r "$work/plain" "$work/hooked" && ! compgen -G "$session/ring.*" &&
        [ "$(awk '/RssShmem/ { print $2 }' "$work/hooked.err")" = 0 ] && [ "$(threads plain)" = "$(threads hooked)" ] || return 1
    local more=$(($(kib hooked RssAnon:) - $(kib plain RssAnon:)))
    [ "$more" -le 512 ] || { echo "$more KiB more without a session" && return 1; }
    (cd "$work/hooked" && LD_PRELOAD=$hook strace -f -e trace=openat,clone,clone3,socket,memfd_create "$bin/trouble" usual b.nc 2>&1 >/dev/null |
        grep -c 'plateau\|/proc/\|clone\|socket\|memfd' || true) >"$log"
    expect 1 '^1$' # the loader opens the hook, and that is all
}
kib() { awk '$1 == "'"$2"'" { print $2 }' "$work/$1.err"; }
threads() { awk '/Threads/ { print $2 }' "$work/$1.err"; }
other_programs_run_under_preload() {
    fresh && hooked true && same ls -d /etc /usr && [ "$(cat "$work/hooked.err")" = '' ] && ! hooked false && hooked sh -c 'exit 7'
    [ $? = 7 ] && hooked mpirun --oversubscribe -np 2 true && ! compgen -G "$session/ring.*"
}
refused_and_empty_writes_keep_result_and_errno() {
    fresh && same "$bin/trouble" edges a.nc && expect 1 '^DATA'
}
forked_children_and_system_leave_the_ring_alone() {
    fresh && same "$bin/trouble" forks a.nc && expect 5 '^DATA.*path=a.nc ' && expect 5 '^DATA' &&
        [ "$(lines '^account')" = 1 ]
}
programs_that_a_model_starts_by_the_shell_write_rings_of_their_own() {
    fresh shared=500000000 && same "$bin/trouble" commands a.nc && expect 3 '^DATA.*path=a.nc ' &&
        expect 60 '^DATA.*path=a.nc.child ' && expect 4 '^account' && [ "$(cat "$work/hooked.err")" = '' ]
}
a_thread_with_a_small_stack_has_enough_of_it() { fresh && same "$bin/trouble" confined a.nc && expect 20 '^DATA'; }
a_log_that_got_the_descriptor_of_standard_error_is_not_written_to() {
    fresh && rm -rf "$session" || return 1
    (cd "$work/plain" && "$bin/trouble" unheard a.nc >stdout 2>&-) &&
        (cd "$work/hooked" && hooked "$bin/trouble" unheard a.nc >stdout 2>&-) && diff -r "$work/plain" "$work/hooked"
}
a_program_that_executes_another_starts_a_ring_of_its_own() {
    fresh && same "$bin/trouble" executes a.nc && expect 1 'path=a.nc .*bytes=160000' && expect 20 '^DATA.*path=a.nc.next ' &&
        expect 2 '^account'
}
signals_during_the_copy_do_no_harm() { fresh && same "$bin/trouble" signals a.nc && expect 20 '^DATA'; }
# jumps KIND N: more than N jumps and torn writes, all accounted for; $jumped: how many jumps
jumps() {
    fresh vars=T ring=500000000 shared=600000000 && same "$bin/${jumper:-jumps}" "$1" || return 1
    jumped=$(sed -n 's/.* jumped \([0-9]*\) .*/\1/p' "$work/hooked.err")
    [ "$jumped" -gt "$2" ] && [ "$(lines '^TORN')" -gt "$2" ] && expect 1 '^account .*ended=1 .*balanced=yes' ||
        { echo "jumped $jumped, torn $(lines '^TORN')" && return 1; }
}
a_handler_that_jumps_out_of_the_copy_tears_that_write_alone() {
    local jumped
    jumps same 5 && expect 1 '^DATA.*start=400,0,0' && expect 0 '^GAP' && [ "$(lines '^DATA')" -ge $((401 - jumped)) ] || return 1
    # a call from further down may find the frame of the handler's signal still lying there: it counts as lost
    jumps deeper 5 && expect 1 '^DATA.*start=400,0,0' && [ "$(lines '^DATA')" -ge 200 ] &&
        [ "$(($(lines '^DATA') + $(gaps)))" -ge $((401 - jumped)) ]
}
gaps() { sed -n 's/^account .* gap=\([0-9]*\) .*/\1/p' "$log"; } # so many writes, in fewer records
signals_wait_while_the_ring_is_made() { # 700 us apart
    local jumped
    jumps first 1 && expect 1 '^DATA.*start=400,0,0' && [ "$(find "$session" -type f | wc -l)" = 2 ]
}
a_handler_that_ends_the_process_in_the_copy_leaves_a_ring_that_ended() {
    local jumped
    jumps ends 0
}
what_a_handler_writes_during_the_copy_is_counted() {
    fresh vars=T ring=500000000 shared=600000000 && same "$bin/${jumper:-jumps}" nested || return 1
    local nested
    nested=$(sed -n 's/.* nested \([0-9]*\)$/\1/p' "$work/hooked.err")
    # one that came before the copy began, or after it, is written as any other
    [ "$(gaps)" -gt 5 ] && expect 1 "^account written=$((401 + nested)) data=$((401 + nested - $(gaps))) gap=[0-9]* torn=0"
}
what_is_handed_over_outlives_handlers_too() {
    local jumper=jumps_api preload=''
    a_handler_that_jumps_out_of_the_copy_tears_that_write_alone && signals_wait_while_the_ring_is_made &&
        a_handler_that_ends_the_process_in_the_copy_leaves_a_ring_that_ended && what_a_handler_writes_during_the_copy_is_counted
}
two_threads_that_take_turns_are_captured() { fresh && same "$bin/trouble" threads a.nc && expect 20 '^DATA|^GAP'; }
a_model_that_aborts_ends_as_without_the_hook() {
    fresh && same "$bin/trouble" aborts a.nc 2>/dev/null && expect 5 '^DATA' && expect 0 '^END' && expect 1 '^account written=5 '
}
a_model_that_closes_foreign_descriptors_is_not_harmed() {
    fresh && same "$bin/trouble" closes a.nc && says 'capture is off' && expect 5 '^DATA'
}
a_file_in_place_of_standard_error_is_not_written_to() {
    fresh && rm -rf "$session" && printf 'data of the model' >"$work/data" || return 1
    (cd "$work/plain" && "$bin/trouble" usual a.nc >stdout) &&
        (cd "$work/hooked" && hooked "$bin/trouble" usual a.nc >stdout 2<>"$work/data") &&
        diff -r "$work/plain" "$work/hooked" && [ "$(cat "$work/data")" = 'data of the model' ]
}
# contends KIND: two threads, and what was written of T is the account
contends() {
    fresh vars=T ring=300000000 shared=400000000 && same "$bin/contend" "$1" || return 1
    local wrote
    wrote=$(sed -n 's/^wrote //p' "$work/hooked.err")
    expect 1 "^account written=$wrote " && expect 0 'var=unwanted' && expect "$(lines '^GAP.*reason=3')" '^GAP.*var=T '
}
a_second_thread_s_write_is_a_gap_with_its_name() {
    for _ in 1 2 3 4 5 6 7 8; do
        contends puts || return 1
        [ "$(lines '^GAP.*reason=3 ')" = 0 ] || return 0
    done
    echo "the threads never met" && return 1
}
the_hook_itself_has_no_data_race() {
    built contend_tsan || return 0
    fresh vars=T ring=300000000 shared=400000000 && preload='' hooked "$bin/contend_tsan" puts 2>"$work/hooked.err" ||
        { grep -m1 -A3 WARNING "$work/hooked.err" && return 1; }
    ring_test drain "$session" 20 >"$log" && expect 1 "^account written=$(sed -n 's/^wrote //p' "$work/hooked.err") "
}
children_forked_while_another_thread_writes_leave_the_ring_alone() { contends forks; }
a_second_preloaded_library_sees_the_same() {
    local order
    for order in "$bin/libsecond.so:$hook" "$hook:$bin/libsecond.so"; do
        fresh || return 1
        (cd "$work/plain" && LD_PRELOAD=$bin/libsecond.so "$bin/serial" a.nc >stdout) &&
            (cd "$work/hooked" && PLATEAU_SESSION=$session LD_PRELOAD=$order "$bin/serial" a.nc >stdout) || return 1
        diff -r "$work/plain" "$work/hooked" && ring_test drain "$session" >"$log" && expect 10 '^DATA' || return 1
    done
}
address_sanitizer_programs_run() { built trouble_asan || return 0; fresh && same "$bin/trouble_asan" usual a.nc && expect 20 '^DATA'; }
thread_sanitizer_programs_run() { built trouble_tsan || return 0; fresh && same "$bin/trouble_tsan" threads a.nc && expect 20 '^DATA|^GAP'; }
a_full_ring_drops_and_says_so() {
    fresh ring=1048576 && same "$bin/trouble" usual a.nc && expect 1 '^account written=20 ' &&
        [ "$(lines '^GAP.*reason=1')" -gt 0 ]
}
a_configured_wait_is_counted() {
    fresh ring=1048576 wait=2000000 && same "$bin/trouble" usual a.nc && ! grep -q 'waits=0 ' "$log"
}
what_cannot_be_described_is_counted() {
    fresh && same "$bin/mute" && expect 7 '^DATA.*var=T ' && expect 7 '^GAP.* n=1 .*var= .*reason=10 ' &&
        expect 1 '^account written=14 data=7 gap=7 torn=0 ended=1 .*balanced=yes'
}
a_write_larger_than_the_ring_is_a_gap() {
    fresh ring=1048576 && same "$bin/huge" && told_errnos 3 && expect 1 '^GAP.*reason=4.*count=1,1048576,1024'
}
a_killed_or_stopped_reader_is_not_noticed() {
    local signal reader
    for signal in KILL STOP; do
        fresh ring=4194304 || return 1
        ring_test drain "$session" 60 >/dev/null 2>&1 &
        reader=$!
        (cd "$work/plain" && "$bin/trouble" usual a.nc >stdout)
        (cd "$work/hooked" && hooked "$bin/trouble" usual first.nc >stdout) || return 1
        kill -$signal $reader
        (cd "$work/hooked" && rm first.nc && hooked "$bin/trouble" usual a.nc >stdout) || return 1
        kill -KILL $reader 2>/dev/null
        wait $reader 2>/dev/null
        diff -r "$work/plain" "$work/hooked" || return 1
    done
}
a_slow_reader_is_not_noticed() {
    fresh ring=1048576 || return 1
    ring_test drain "$session" 60 >"$log" 2>/dev/null &
    local reader=$!
    (while kill -STOP $reader && sleep 0.05 && kill -CONT $reader; do sleep 0.02; done) 2>/dev/null &
    local brake=$!
    (cd "$work/plain" && "$bin/trouble" usual a.nc >stdout)
    (cd "$work/hooked" && hooked "$bin/trouble" usual a.nc >stdout) || return 1
    kill $brake 2>/dev/null
    wait $brake 2>/dev/null
    kill -CONT $reader 2>/dev/null
    wait $reader
    diff -r "$work/plain" "$work/hooked" && expect 1 '^account written=20 .*balanced=yes'
}
a_session_that_is_gone_costs_one_line() {
    fresh && rm -rf "$session" && same "$bin/serial" a.nc && says 'plateau: capture is off' &&
        [ "$(wc -l <"$work/hooked.err")" = 1 ]
}
a_session_open_to_others_is_not_trusted() {
    fresh && chmod 755 "$session" && same "$bin/serial" a.nc && says 'open to others'
}
a_session_without_permission_costs_one_line() {
    fresh || return 1
    if [ "$(id -u)" != 0 ]; then
        chmod 500 "$session" && same "$bin/serial" a.nc
        return
    fi
    chmod 777 "$work" "$work/plain" "$work/hooked"
    as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
    (cd "$work/plain" && as_nobody "$bin/serial" a.nc >stdout) || return 1
    (cd "$work/hooked" && PLATEAU_SESSION=$session as_nobody env LD_PRELOAD="$hook" "$bin/serial" a.nc >stdout 2>"$work/hooked.err") &&
        says 'capture is off' && diff -r "$work/plain" "$work/hooked"
}
a_damaged_control_page_is_refused() {
    fresh && printf 'garbage' | dd of="$session/control" bs=1 seek=300 conv=notrunc status=none &&
        same "$bin/serial" a.nc && says 'damaged' || return 1
    fresh && : >"$session/control" && same "$bin/serial" a.nc && says 'damaged'
}
# paced DAMAGE: runs "paces" hooked, and does DAMAGE after its third record
paced() {
    (cd "$work/plain" && yes | "$bin/trouble" paces a.nc >stdout)
    coproc MODEL { cd "$work/hooked" && hooked "$bin/trouble" paces a.nc 2>"$work/hooked.err" | tee stdout; }
    local pid=$MODEL_PID in=${MODEL[1]} out=${MODEL[0]} i
    for i in $(seq 0 19); do
        read -r <&"$out" || break
        [ "$i" = 2 ] && "$@"
        [ "$i" -lt 19 ] && echo >&"$in"
    done
    wait "$pid" || { echo "exit $?" && return 1; } # of the whole pipe
    diff -r "$work/plain" "$work/hooked"
}
a_ring_truncated_under_the_writer_does_not_kill_it() {
    cut_ring() { local r; for r in "$session"/ring.*; do : >"$r"; done; }
    fresh && paced cut_ring && says 'capture is off'
}
a_ring_overwritten_under_the_writer_does_not_kill_it() {
    spoil() { local r; for r in "$session"/ring.*; do
        head -c 400000 /dev/urandom | dd of="$r" conv=notrunc status=none; done; }
    fresh && paced spoil && says 'capture is off'
}
a_control_page_truncated_under_the_writer_does_not_kill_it() {
    cut_control() { : >"$session/control"; }
    fresh && paced cut_control
}
a_control_page_overwritten_under_the_writer_does_not_kill_it() {
    spoil_control() { head -c 16704 /dev/urandom | dd of="$session/control" conv=notrunc status=none; }
    fresh && paced spoil_control
}
a_session_removed_under_the_writer_does_not_kill_it() { fresh && paced rm -rf "$session"; }
a_writer_killed_between_records_loses_nothing_before() {
    fresh || return 1
    coproc MODEL { cd "$work/hooked" && exec env PLATEAU_SESSION="$session" LD_PRELOAD="$hook" "$bin/trouble" paces a.nc; }
    local pid=$MODEL_PID
    read -r <&"${MODEL[0]}" && kill -KILL "$pid"
    wait "$pid" 2>/dev/null
    ring_test drain "$session" 20 >"$log" && expect 1 '^DATA' && expect 0 '^END' && expect 1 '^account'
}

# ---- room ----

# in_small_shm SIZE RING: the usual model, hooked, where /dev/shm has that size
in_small_shm() {
    fresh && rm -rf "$session" || return 1
    (cd "$work/plain" && "$bin/trouble" usual a.nc >stdout)
    unshare -m bash -c "
        mount -t tmpfs -o size=$1 none /dev/shm && $bin/rings create $session ring=$2 &&
        cd $work/hooked && PLATEAU_SESSION=$session LD_PRELOAD=$hook $bin/trouble usual a.nc >stdout &&
        $bin/rings drain $session 1" >"$log" 2>"$work/hooked.err" && diff -r "$work/plain" "$work/hooked"
}
a_small_dev_shm_makes_a_smaller_ring_or_none() {
    in_small_shm 60m 67108864 && says 'instead of 64 MiB' && expect 20 '^DATA' &&
        in_small_shm 1m 67108864 && says 'no room for a ring'
}
dev_shm_that_fills_up_later_does_not_matter() {
    fresh && rm -rf "$session" || return 1
    (cd "$work/plain" && yes | "$bin/trouble" paces a.nc >stdout)
    unshare -m bash -c "
        mount -t tmpfs -o size=100m none /dev/shm && $bin/rings create $session ring=16777216 &&
        cd $work/hooked && { sleep 0.2; head -c 200000000 /dev/zero >/dev/shm/filler; yes; } 2>/dev/null |
            PLATEAU_SESSION=$session LD_PRELOAD=$hook $bin/trouble paces a.nc >stdout &&
        $bin/rings drain $session 5" >"$log" 2>"$work/hooked.err" &&
        diff -r "$work/plain" "$work/hooked" && expect 20 '^DATA'
}
a_limit_on_file_size_is_respected() {
    fresh && (ulimit -f 20000 && same "$bin/trouble" usual a.nc) && expect 20 '^DATA'
}
no_threads_and_little_memory_are_added() {
    fresh ring=8388608 && same "$bin/trouble" process a.nc || return 1
    [ "$(threads plain)" = "$(threads hooked)" ] || return 1
    local anon=$(($(kib hooked RssAnon:) - $(kib plain RssAnon:))) shared=$(($(kib hooked RssShmem:) - $(kib plain RssShmem:)))
    [ $((anon + shared)) -le $((8192 + 1024)) ] || { echo "added $anon KiB and $shared KiB" && return 1; }
}
an_unselected_call_costs_little() {
    fresh vars=T || return 1
    local plain with
    plain=$("$bin/cost" --unselected 3000000 | awk '{ print $2 * 10 }')
    with=$(hooked "$bin/cost" --unselected 3000000 | awk '{ print $2 * 10 }')
    awk -v a="$plain" -v b="$with" 'BEGIN { exit !(b - a < 10000) }' # generous: other jobs run here
}
stop_is_seen_from_fortran() {
    fresh && [ "$("$bin/stops")" = ' F 0.1.0' ] && [ "$(PLATEAU_SESSION=$session "$bin/stops")" = ' F 0.1.0' ] &&
        ring_test stop "$session" && [ "$(PLATEAU_SESSION=$session "$bin/stops")" = ' T 0.1.0' ] &&
        [ "$(PLATEAU_SESSION=$session "$bin/stops_stub")" = ' F stub' ]
}
fields_are_handed_over_from_fortran() {
    fresh || return 1
    [ "$("$bin/puts")" = ' F F F' ] && [ "$(PLATEAU_SESSION=$session "$bin/puts_stub")" = ' F F F' ] &&
        [ "$(PLATEAU_SESSION=$session "$bin/puts")" = ' T T T' ] && ring_test drain "$session" >"$log" &&
        expect 1 'var=T type=5 flags=2 .*start=0,0,0 count=1,3,4 stride=1,1,1 bytes=48' &&
        expect 1 'var=T type=5 flags=2 .*start=1,0,2 count=1,3,2 stride=1,1,1 bytes=24' &&
        expect 1 'var=time type=6 flags=2 ' && expect 1 '^CLOSE' && expect 1 '^END'
}
an_executable_is_inspected_in_plain_words() {
    local tool=$build/bin/plateau-inspect
    told() { { "$tool" "$1" || true; } | grep "$2" || { echo "$1: no '$2'" && return 1; }; }
    cp "$bin/serial" "$work/privileged" && chmod u+s "$work/privileged"
    told "$bin/serial" '^verdict seen' && told "$bin/traps" '^verdict seen' &&
        told /bin/true '^verdict unsure' && told "$0" '^kind script' &&
        told "$work/privileged" '^verdict unseen: .*privileged' &&
        told "$bin/contend_static" '^verdict unseen: netCDF is linked in' &&
        told "$bin/libfake_netcdf.so" '^verdict unseen: netCDF is linked in' || return 1
    local linked
    strip -o "$work/stripped" "$bin/contend_wholly"
    for linked in "$bin/wrapped" "$bin/contend_wrapped" "$work/stripped"; do
        told "$linked" '^verdict seen: the hook is linked in' || return 1
    done
    told "$bin/libpnetcdf_user.so" '^verdict unseen: .*PnetCDF' && told "$bin/libhdf5_user.so" '^verdict unseen: .*HDF5' &&
        told "$bin/alone" '^verdict unseen: a static program' || return 1
    local bytes
    for bytes in 1 40 64 200 5000; do # cut short: no crash
        head -c "$bytes" "$bin/serial" >"$work/cut"
        "$tool" "$work/cut" >/dev/null
        [ $? -le 2 ] || return 1
    done
}

run_all 'thin_plug_ins|jumps|in_small_shm|parallel_runs|as_nobody|cut_ring|cut_control|spoil_control|contends|words' "${2-}"
