package io.tailrace.systemtests.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** State that is deleted on purpose while no process runs. */
final class StateLoss {
    private StateLoss() {}

    /** Deletes that of one app, or that of one of its tasks. */
    static void some(Path state, SplittableRandom random, Restores restores) throws IOException {
        String app = TwoApps.IDS.get(random.nextInt(TwoApps.IDS.size()));
        List<Path> tasks = tasks(state.resolve(app));
        if (tasks.isEmpty()) {
            return; // it has not come so far
        }
        if (random.nextBoolean()) {
            all(state, app, restores);
        } else {
            Path task = tasks.get(random.nextInt(tasks.size()));
            CrashRun.deleteAll(task);
            String name = task.getFileName().toString();
            restores.deleted(app, Integer.parseInt(name.substring(name.indexOf('_') + 1)));
        }
    }

    /** Deletes everything of an app. */
    static void all(Path state, String app, Restores restores) throws IOException {
        CrashRun.deleteAll(state.resolve(app));
        restores.deleted(app);
    }

    private static List<Path> tasks(Path app) throws IOException {
        if (!Files.exists(app)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(app)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+_\\d+"))
                    .sorted()
                    .toList();
        }
    }
}
