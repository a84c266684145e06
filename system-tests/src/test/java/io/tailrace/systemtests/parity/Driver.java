package io.tailrace.systemtests.parity;

import java.util.List;
import java.util.Set;

/** Runs programs by name, on whatever it was compiled against. */
public interface Driver {
    Set<String> programs();

    /** The topics that the program reads. */
    List<String> inputs(String program);

    /** @param cached whether stores have their cache, which holds back what one input record, or step, changes several times */
    Outcome run(String program, List<Step> steps, boolean cached);
}
