package io.tailrace.processor;

import java.io.IOException;

/** Lets a store act in the commit of its task, before changelogs are flushed and offsets committed. */
@FunctionalInterface
public interface CommitCallback {
    /** @throws IOException when the store could not; the commit then fails */
    void onCommit() throws IOException;
}
