package io.tailrace.log.client;

/** A consumer as a member of its group. <b>Owner:</b> the consumer; {@link Groups} marks it stale from any thread. */
final class Membership {
    private final String group;
    private final String member;
    private final Signal signal;
    private volatile boolean stale = true;

    Membership(String group, String member, Signal signal) {
        this.group = group;
        this.member = member;
        this.signal = signal;
    }

    String group() {
        return group;
    }

    String member() {
        return member;
    }

    /** The assignment may have changed: the consumer has to ask. */
    void markStale() {
        stale = true;
        signal.raise();
    }

    boolean isStale() {
        return stale;
    }

    /** Called before asking, so that a change that comes meanwhile is seen the next time. */
    void clearStale() {
        stale = false;
    }
}
