package io.tailrace.runtime.engine;

import io.tailrace.common.errors.InterruptException;
import io.tailrace.processor.TaskId;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.runtime.task.ActiveTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Deals the tasks of an application out to its workers, anew whenever workers or tasks come or go: every worker commits and gives
 * its tasks back, open as they are; when all have, the tasks are dealt, and each worker takes its share. So stores change their
 * owner without being restored. As long as one of them restores its share, and so has nothing to give, the others go on with theirs.
 *
 * <p><b>Threads:</b> any; guarded by this. What is in a task is handed from thread to thread by that.
 */
public final class TaskExchange {
    /**
     * What a worker is to work on.
     *
     * @param plans all its tasks
     * @param open those of them that are open already
     * @param stale open tasks that were planned otherwise; to be closed before their successors are opened
     */
    public record Share(List<TaskPlan> plans, List<ActiveTask> open, List<ActiveTask> stale) {}

    private List<TaskPlan> plans = List.of();
    private final Set<Integer> workers = new TreeSet<>();
    private final Set<Integer> holding = new HashSet<>(); // have taken a share and not given it back
    private final Set<Integer> running = new HashSet<>(); // those of them whose tasks process
    private final Map<TaskId, ActiveTask> waiting = new LinkedHashMap<>(); // given back, not taken yet
    private @Nullable Map<Integer, List<TaskPlan>> dealt; // null until all workers have given back

    /** Has everything dealt anew; the caller tells the workers to give back. */
    public synchronized void deal(List<TaskPlan> newPlans, Collection<Integer> newWorkers) {
        plans = List.copyOf(newPlans);
        workers.clear();
        workers.addAll(newWorkers);
        dealt = null;
        dealWhenComplete();
    }

    private void dealWhenComplete() {
        if (dealt == null && holding.isEmpty()) {
            Map<Integer, List<TaskPlan>> shares = new TreeMap<>();
            List<Integer> takers = List.copyOf(workers);
            for (int i = 0; i < plans.size() && !takers.isEmpty(); i++) {
                shares.computeIfAbsent(takers.get(i % takers.size()), taker -> new ArrayList<>())
                        .add(plans.get(i));
            }
            dealt = shares;
        }
        notifyAll();
    }

    /**
     * Waits for a share that is not empty.
     *
     * @param stopped looked at whenever {@link #wakeup} is called
     * @param waitMs how long to wait before {@code onIdle} is called
     * @param onIdle called again and again as long as there is none, without a lock
     * @return null when stopped
     */
    public @Nullable Share take(int worker, BooleanSupplier stopped, long waitMs, Runnable onIdle) {
        while (!stopped.getAsBoolean()) {
            Share share = tryTake(worker, waitMs);
            if (share != null) {
                return share;
            }
            onIdle.run();
        }
        return null;
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's, which does something else in between
    private synchronized @Nullable Share tryTake(int worker, long waitMs) {
        Share share = share(worker);
        if (share == null) {
            try {
                wait(waitMs);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
            share = share(worker);
        }
        return share;
    }

    private @Nullable Share share(int worker) {
        List<TaskPlan> own = dealt == null ? null : dealt.get(worker);
        if (own == null) {
            return null;
        }
        List<ActiveTask> open = new ArrayList<>();
        List<ActiveTask> stale = new ArrayList<>();
        for (TaskPlan plan : own) {
            ActiveTask task = waiting.remove(plan.id());
            if (task != null) {
                (task.plan().equals(plan) ? open : stale).add(task);
            }
        }
        holding.add(worker);
        return new Share(own, open, stale);
    }

    /** The worker's tasks process. */
    public synchronized void started(int worker) {
        running.add(worker);
    }

    /** Whether the worker's tasks process now. */
    public synchronized boolean isRunning(int worker) {
        return running.contains(worker);
    }

    /** Whether everybody who has a share processes it; who gives back before only waits for the others' restores. */
    public synchronized boolean mayGiveBack() {
        return running.containsAll(holding);
    }

    /** Gives tasks back, open and committed; none when the worker has failed and abandoned them. */
    public synchronized void giveBack(int worker, Collection<ActiveTask> tasks) {
        tasks.forEach(task -> waiting.put(task.id(), task));
        holding.remove(worker);
        running.remove(worker);
        dealWhenComplete();
    }

    /** Whether every task is dealt and processes. */
    public synchronized boolean isSettled() {
        return dealt != null && running.containsAll(dealt.keySet());
    }

    /** Has those who wait look whether they are stopped. */
    public synchronized void wakeup() {
        notifyAll();
    }

    /** Hands out the tasks that nobody has taken, to be closed; for when no worker runs any more. */
    public synchronized List<ActiveTask> takeRest() {
        List<ActiveTask> rest = List.copyOf(waiting.values());
        waiting.clear();
        return rest;
    }
}
