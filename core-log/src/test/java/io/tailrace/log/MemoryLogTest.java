package io.tailrace.log;

import io.tailrace.log.storage.MemoryStorage;
import org.junit.jupiter.api.Nested;

/** The contracts on a log in memory. */
class MemoryLogTest {

    private static LogHome home() {
        return new LogHome() {
            private MemoryStorage storage = new MemoryStorage();

            @Override
            public EmbeddedLog open(LogOptions options) {
                storage = storage.reopen();
                return EmbeddedLog.open(storage, options);
            }
        };
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
