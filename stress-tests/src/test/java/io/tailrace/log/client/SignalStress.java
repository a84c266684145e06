package io.tailrace.log.client;

import io.tailrace.common.Time;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** News that come while a consumer looks for them are not missed. */
public final class SignalStress {
    private SignalStress() {}

    /** A clock that is always behind the deadline of a wait, and knows whether it was looked at. */
    private static final class Late implements Time {
        private boolean asked;

        @Override
        public long milliseconds() {
            return 0;
        }

        @Override
        public long nanoseconds() {
            asked = true;
            return 1;
        }
    }

    /** The waiter clears the signal, then looks for news; r1: it has seen them, r2: a wait now would end at once. */
    @JCStressTest
    @Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "not seen, but the wait ends at once")
    @Outcome(
            id = {"true, true", "true, false"},
            expect = Expect.ACCEPTABLE,
            desc = "seen")
    @Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "missed: the waiter would sleep")
    @State
    public static class Raise {
        private final Signal signal = new Signal();
        private volatile boolean news;

        @Actor
        public void waiter(ZZ_Result result) {
            signal.clear();
            result.r1 = news;
        }

        @Actor
        public void raiser() {
            news = true;
            signal.raise();
        }

        @Arbiter
        public void after(ZZ_Result result) {
            Late time = new Late();
            signal.awaitUntil(0, time);
            result.r2 = !time.asked;
        }
    }

    /** As {@link Raise}, when the signal is still up from before. */
    @JCStressTest
    @Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "not seen, but the wait ends at once")
    @Outcome(
            id = {"true, true", "true, false"},
            expect = Expect.ACCEPTABLE,
            desc = "seen")
    @Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "missed: the waiter would sleep")
    @State
    public static class RaiseAgain {
        private final Signal signal = new Signal();
        private volatile boolean news;

        public RaiseAgain() {
            signal.raise();
        }

        @Actor
        public void waiter(ZZ_Result result) {
            signal.clear();
            result.r1 = news;
        }

        @Actor
        public void raiser() {
            news = true;
            signal.raise();
        }

        @Arbiter
        public void after(ZZ_Result result) {
            Late time = new Late();
            signal.awaitUntil(0, time);
            result.r2 = !time.asked;
        }
    }

    /** A waiter that sleeps is woken. */
    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "woken")
    @Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "slept on")
    @State
    public static class Wake {
        private final Signal signal = new Signal();

        @Actor
        public void waiter() {
            signal.awaitUntil(Long.MAX_VALUE, Time.SYSTEM);
        }

        @org.openjdk.jcstress.annotations.Signal
        public void raiser() {
            signal.raise();
        }
    }
}
