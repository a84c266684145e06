package io.tailrace.log;

import org.junit.jupiter.api.Nested;

/** Every contract of a log, on the kind of log that a subclass brings. */
abstract class LogContracts {

    /** An empty one. */
    abstract LogHome home();

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
