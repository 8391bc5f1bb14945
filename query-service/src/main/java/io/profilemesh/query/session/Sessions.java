package io.profilemesh.query.session;

import io.profilemesh.metadata.access.Grant;
import io.profilemesh.query.access.Allowance;
import io.profilemesh.query.access.Transactions;
import io.quarkus.agroal.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Begins and ends sessions. Wrong passwords make the next try wait, for the person and for the
 * address; whether a name exists cannot be told from the answer or from how long it takes. Safe for
 * use by many threads.
 */
@ApplicationScoped
public class Sessions {

  private static final int FREE_TRIES = 5;
  private static final long FIRST_LOCK_SECONDS = 15;
  private static final long LONGEST_LOCK_SECONDS = 900;
  private static final int HASHES_AT_ONCE = 4;
  private static final Duration TOUCH = Duration.ofMinutes(1);
  private static final Allowance.Rate TRIES = new Allowance.Rate(0.2, 20);

  private final javax.sql.DataSource database;
  private final Duration lifetime;
  private final Duration idle;
  private final SecureRandom chance = new SecureRandom();
  private final Semaphore hashing = new Semaphore(HASHES_AT_ONCE);
  private final Allowance tries = new Allowance(TRIES);
  private final String nobodysHash;

  @Inject
  Sessions(
      @DataSource("access") javax.sql.DataSource database,
      @ConfigProperty(name = "profilemesh.access.session-lifetime", defaultValue = "12h")
          Duration lifetime,
      @ConfigProperty(name = "profilemesh.access.session-idle", defaultValue = "2h")
          Duration idle) {
    this.database = database;
    this.lifetime = lifetime;
    this.idle = idle;
    this.nobodysHash = PasswordHash.of("nobody has this password", chance);
  }

  /** What came of a sign-in. */
  public sealed interface Outcome {

    /** Signed in: the cookie's value, the proof for changes, and who it is. */
    record Begun(String cookie, String proof, String name, List<Grant> grants, Instant endsAt)
        implements Outcome {

      @Override
      public String toString() {
        return "session of " + name;
      }
    }

    /** The name or the password is wrong, or the person has to wait. */
    record Refused() implements Outcome {}

    /** Too many tries from there. */
    record TooOften() implements Outcome {}
  }

  /** Signs somebody in. */
  public Outcome signIn(
      String name, String password, @Nullable String address, @Nullable String userAgent) {
    if (!tries.take(address == null ? "" : address) || !hashing.tryAcquire()) {
      return new Outcome.TooOften();
    }
    try {
      Instant now = Instant.now();
      Optional<Person> found =
          Transactions.in(
              database, connection -> People.named(connection, name.toLowerCase(Locale.ROOT)));
      String hash = found.map(Person::passwordHash).orElse(nobodysHash);
      boolean right = PasswordHash.matches(password, hash);
      if (found.isEmpty() || !found.get().active() || found.get().isLocked(now)) {
        return new Outcome.Refused();
      }
      return right ? begin(found.get(), now, address, userAgent) : refuse(found.get(), now);
    } finally {
      hashing.release();
    }
  }

  private Outcome refuse(Person person, Instant now) {
    int failures = person.failedSignIns() + 1;
    long seconds =
        failures < FREE_TRIES
            ? 0
            : Math.min(
                LONGEST_LOCK_SECONDS, FIRST_LOCK_SECONDS << Math.min(20, failures - FREE_TRIES));
    Transactions.in(
        database,
        connection -> {
          People.failed(connection, person.id(), seconds == 0 ? null : now.plusSeconds(seconds));
          return failures;
        });
    return new Outcome.Refused();
  }

  private Outcome begin(
      Person person, Instant now, @Nullable String address, @Nullable String userAgent) {
    SessionToken token = SessionToken.random(chance);
    Instant end = now.plus(lifetime);
    Transactions.in(
        database,
        connection -> {
          People.begin(connection, person.id(), token.hash(), now, end, address, userAgent);
          return token;
        });
    return new Outcome.Begun(token.reveal(), token.proof(), person.name(), person.grants(), end);
  }

  /** Whose a session is; empty: it has ended, or its holder is not active any more. */
  Optional<Person> holder(SessionToken token) {
    Instant now = Instant.now();
    return Transactions.in(
        database,
        connection -> {
          Optional<People.Session> session =
              People.session(connection, token.hash(), now, now.minus(idle));
          if (session.isPresent() && session.get().lastUsedAt().isBefore(now.minus(TOUCH))) {
            People.used(connection, session.get().id(), now);
          }
          return session.map(People.Session::person);
        });
  }

  /** Ends the session of a cookie. */
  public void signOut(String cookie, String by) {
    SessionToken.parse(cookie)
        .ifPresent(
            token ->
                Transactions.in(
                    database,
                    connection -> {
                      People.end(connection, token.hash(), by, Instant.now());
                      return token;
                    }));
  }

  /** Enters somebody; empty: the name is taken. */
  public Optional<UUID> enter(String name, PersonChange change, String by) {
    UUID id = UUID.randomUUID();
    People.Change row = row(change);
    boolean entered =
        Transactions.in(
            database, connection -> People.enter(connection, id, name, row, by, Instant.now()));
    return entered ? Optional.of(id) : Optional.empty();
  }

  /** Changes somebody. */
  public void change(UUID id, PersonChange change, String by) {
    People.Change row = row(change);
    Transactions.in(
        database,
        connection -> {
          People.change(connection, id, row, by, Instant.now());
          return id;
        });
  }

  /** Ends every session of somebody; gives how many. */
  public int signOutEverywhere(UUID id, String by) {
    return Transactions.in(
        database, connection -> People.endAll(connection, id, by, Instant.now()));
  }

  private People.Change row(PersonChange change) {
    return new People.Change(
        change.displayName(),
        change.email(),
        change.password() == null ? null : PasswordHash.of(change.password(), chance),
        change.active(),
        change.grants());
  }
}
