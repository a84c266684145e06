package io.tailrace.topology;

import io.tailrace.errors.TopologyException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for names. Stores follow those of topics, because their changelogs and directories are named after them. */
final class Names {
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]+");
    private static final int MAX_LENGTH = 249;

    private Names() {}

    static void checkNode(String name) {
        if (name.isBlank()) {
            throw new TopologyException("a node has the empty name '" + name + "': give every node a name of its own");
        }
    }

    static void checkTopic(String name, String node) {
        check("topic '" + name + "' of node '" + node + "'", name);
    }

    static void checkStore(String name) {
        check("store '" + name + "'", name);
    }

    /** The names as a set in their order; {@code what} begins the message about one that comes twice. */
    static Set<String> distinct(String what, Collection<String> names) {
        Set<String> distinct = new LinkedHashSet<>();
        for (String name : names) {
            if (!distinct.add(name)) {
                throw new TopologyException(what + " '" + name + "' twice: name it once");
            }
        }
        return distinct;
    }

    private static void check(String what, String name) {
        if (name.length() > MAX_LENGTH) {
            throw new TopologyException(
                    what + ": the name has " + name.length() + " characters, expected at most " + MAX_LENGTH);
        }
        if (!LEGAL.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new TopologyException(what + ": expected a name of letters a-z and A-Z, digits, '.', '_' and '-'"
                    + " that is not '.' or '..'");
        }
    }
}
