package io.tailrace.processor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory that the caches of one worker's stores share, in bytes by their own estimate. A cache that finds it exceeded makes
 * room: out of what it holds itself, or, while it has less than its share, out of what others can give up without any effect.
 * Owner: the worker's thread.
 */
public final class CacheSpace {
    private final long maxBytes;
    private final List<Member> members = new ArrayList<>();
    private long usedBytes;

    /** One cache. */
    public interface Member {
        long usedBytes();

        /** Lets go of one entry that is the same in the store; false when the one to go first is not. */
        boolean giveUpOne();

        /** Forgets everything: the task is active no longer, and its stores will change without their caches. */
        void forget();

        /** How often a key was asked for and found. */
        long hits();

        /** How often a key was asked for and had to be looked for in the store. */
        long misses();
    }

    public CacheSpace(long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("cache of " + maxBytes + " bytes, expected 0 or more");
        }
        this.maxBytes = maxBytes;
    }

    public void join(Member member) {
        members.add(member);
    }

    /** The member has released its bytes. */
    public void leave(Member member) {
        members.remove(member);
    }

    /** Notes that so many bytes more are in use, or less when negative. */
    public void use(long bytes) {
        usedBytes += bytes;
    }

    public long usedBytes() {
        return usedBytes;
    }

    public boolean isExceeded() {
        return usedBytes > maxBytes;
    }

    /** Makes the largest other member give up an entry, if this one has less than its share and that one more. */
    public boolean takeFromOthers(Member member) {
        long shareBytes = maxBytes / Math.max(1, members.size());
        if (member.usedBytes() > shareBytes) {
            return false;
        }
        Member largest = null;
        for (Member other : members) {
            if (other != member && (largest == null || other.usedBytes() > largest.usedBytes())) {
                largest = other;
            }
        }
        return gives(largest, shareBytes);
    }

    private static boolean gives(@Nullable Member largest, long shareBytes) {
        return largest != null && largest.usedBytes() > shareBytes && largest.giveUpOne();
    }
}
