package org.plateau.assembly;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plateau.message.VariableDescriptor;

/** Says what of files is in no unit that can be read, before anything is made of them. */
public final class InputCheck {
    private InputCheck() {}

    /**
     * What stands in the way of labels.
     *
     * @param variables all that have a record per time
     * @return one line for each role of which no variable can be read, and for the times of inputs
     *     that cannot; each once although it be in many files
     */
    public static List<String> complaints(
            InputNames names, Collection<VariableDescriptor> variables) {
        Map<List<String>, VariableDescriptor> byName = new HashMap<>();
        variables.forEach(v -> byName.put(List.of(v.path(), v.variable()), v));
        Map<Role, String> unread = new EnumMap<>(Role.class);
        Set<Role> read = EnumSet.noneOf(Role.class);
        Set<String> untimed = new LinkedHashSet<>();
        List<String> said = new ArrayList<>();
        UnitReader units = new UnitReader(names.meaning().units(), said::add);
        for (VariableDescriptor variable : variables) {
            Role role = names.role(variable).orElse(null);
            if (role == null) {
                continue;
            }
            said.clear();
            if (units.of(role, variable).isPresent()) {
                read.add(role);
            } else if (!said.isEmpty()) {
                unread.putIfAbsent(role, said.get(0));
            }
            said.clear();
            String dimension = variable.dimensions().get(0).name();
            VariableDescriptor time = byName.get(List.of(variable.path(), dimension));
            if (time != null && units.time(time, 0).isEmpty()) {
                untimed.addAll(said);
            }
        }
        unread.keySet().removeAll(read);
        List<String> complaints = new ArrayList<>(unread.values());
        complaints.addAll(untimed);
        return complaints;
    }
}
