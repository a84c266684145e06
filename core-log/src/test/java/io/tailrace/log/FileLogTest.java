package io.tailrace.log;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts on a log in a directory. */
class FileLogTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    private LogHome home() {
        return options -> EmbeddedLog.open(directory.resolve("log"), options);
    }

    @Nested
    class Producing extends ProducerContract {
        Producing() {
            super(home());
        }
    }

    @Nested
    class Consuming extends ConsumerContract {
        Consuming() {
            super(home());
        }
    }

    @Nested
    class Grouping extends GroupContract {
        Grouping() {
            super(home());
        }
    }

    @Nested
    class Membership extends MembershipContract {
        Membership() {
            super(home());
        }
    }

    @Nested
    class Administrating extends AdminContract {
        Administrating() {
            super(home());
        }
    }

    @Nested
    class Transacting extends TransactionContract {
        Transacting() {
            super(home());
        }
    }

    @Nested
    class Maintaining extends MaintenanceContract {
        Maintaining() {
            super(home());
        }
    }
}
