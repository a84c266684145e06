package io.tailrace.log;

/** Where a log under test lives. What was stored is still there when it is opened again. */
interface LogHome {
    EmbeddedLog open(LogOptions options);
}
