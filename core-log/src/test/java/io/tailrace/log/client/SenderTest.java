package io.tailrace.log.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SenderTest {
    private final ManualTime time = new ManualTime();
    private final Sender sender = new Sender(time);
    private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        sender.close();
    }

    @Test
    void shouldRunTasksInTheOrderOfTheirTimes() throws InterruptedException {
        long now = time.nanoseconds();
        sender.schedule(note("late"), now + 3_000_000);
        sender.schedule(note("early"), now + 1_000_000);
        sender.schedule(note("middle"), now + 2_000_000);
        time.advance(Duration.ofMillis(3));

        assertThat(List.of(next(), next(), next())).containsExactly("early", "middle", "late");
    }

    @Test
    void shouldRunATaskAgainWhenItAsksForIt() throws InterruptedException {
        AtomicInteger runs = new AtomicInteger();
        sender.schedule(
                now -> {
                    ran.add("run " + runs.incrementAndGet());
                    return runs.get() < 3 ? now : Sender.DONE;
                },
                time.nanoseconds());

        assertThat(List.of(next(), next(), next())).containsExactly("run 1", "run 2", "run 3");
        sender.schedule(note("other"), time.nanoseconds());
        assertThat(next()).isEqualTo("other");
        assertThat(ran).isEmpty();
    }

    @Test
    void shouldGoOnAfterATaskThatFails() throws InterruptedException {
        sender.schedule(
                now -> {
                    throw new IllegalStateException("logged by the test, on purpose");
                },
                time.nanoseconds());
        sender.schedule(note("next"), time.nanoseconds());

        assertThat(next()).isEqualTo("next");
    }

    @Test
    void shouldForgetACancelledTask() throws InterruptedException {
        Sender.Task cancelled = note("cancelled");
        sender.schedule(cancelled, time.nanoseconds() + 1);
        sender.cancel(cancelled);
        sender.schedule(note("kept"), time.nanoseconds() + 2);
        time.advance(Duration.ofMillis(1));

        assertThat(next()).isEqualTo("kept");
        assertThat(ran).isEmpty();
    }

    @Test
    void shouldRunNothingAfterClose() {
        sender.schedule(note("dropped"), time.nanoseconds() + 1);
        sender.close();
        time.advance(Duration.ofMillis(1));
        sender.schedule(note("too late"), time.nanoseconds());

        assertThat(ran).isEmpty();
    }

    private Sender.Task note(String name) {
        return now -> {
            ran.add(name);
            return Sender.DONE;
        };
    }

    private String next() throws InterruptedException {
        String name = ran.poll(20, TimeUnit.SECONDS);
        assertThat(name).as("nothing was run any more").isNotNull();
        return String.valueOf(name);
    }
}
