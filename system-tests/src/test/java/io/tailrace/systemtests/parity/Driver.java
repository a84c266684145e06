package io.tailrace.systemtests.parity;

import java.util.List;
import java.util.Set;

/** Runs programs by name, on whatever it was compiled against. */
public interface Driver {
    Set<String> programs();

    /** The topics that the program reads. */
    List<String> inputs(String program);

    Outcome run(String program, List<Step> steps);
}
