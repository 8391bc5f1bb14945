package io.profilemesh.query.access;

import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.metadata.access.Grant;
import io.profilemesh.metadata.access.Role;
import io.profilemesh.query.history.NoAnswerException;
import io.profilemesh.query.history.Scope;
import io.profilemesh.query.history.Viewer;
import io.quarkus.runtime.BlockingOperationNotAllowedException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whoever makes the current request, and what they may. */
@RequestScoped
public class Caller implements Viewer {

  /** A schema's plain name, a dot, and a plain name or wildcards for the table. */
  private static final Pattern IN_SCHEMA =
      Pattern.compile("([\\p{Alnum}_$-]+)\\.[\\p{Alnum}_$*?-]+");

  /** Characters of the longest name that records take. */
  private static final int LONGEST_NAME = 200;

  private final SecurityIdentity identity;

  @Inject
  Caller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /**
   * Who it is.
   *
   * @throws ForbiddenException when nobody proved anything, which no route lets happen
   */
  public Actor actor() {
    if (identity.getPrincipal() instanceof Actor actor) {
      return actor;
    }
    throw new ForbiddenException("nobody has proved who they are");
  }

  /** Who it is; empty: nobody proved anything, or no route has asked who it is. */
  public Optional<Actor> known() {
    try {
      return identity.getPrincipal() instanceof Actor actor ? Optional.of(actor) : Optional.empty();
    } catch (AuthenticationFailedException
        | TooManyTriesException
        | NoAnswerException
        | BlockingOperationNotAllowedException e) {
      return Optional.empty();
    }
  }

  @Override
  public Scope scope() {
    return scope(Role.READER);
  }

  /** Where the caller has a role. */
  public Scope scope(Role role) {
    List<Grant> grants =
        actor().grants().stream().filter(grant -> grant.role().includes(role)).toList();
    return new Scope(grants);
  }

  /** Whether the caller may see a dataset, whether it exists or not. */
  public boolean sees(DatasetId dataset) {
    return scope().covers(dataset.source(), dataset.schema());
  }

  /** Whether the caller may act on a dataset. */
  public boolean operates(DatasetId dataset) {
    return scope(Role.OPERATOR).covers(dataset.source(), dataset.schema());
  }

  /**
   * Whether the caller may act on every table that a pattern means: on all of the source, or, where
   * it begins with the plain name of a schema, on that one.
   */
  public boolean operates(String source, String table) {
    Scope scope = scope(Role.OPERATOR);
    Matcher named = IN_SCHEMA.matcher(table);
    return scope.grants().stream()
            .anyMatch(grant -> grant.schema().isAny() && grant.source().matches(source))
        || named.matches() && scope.covers(source, named.group(1));
  }

  /**
   * Who orders something, for the record.
   *
   * @param named whom the request names, or null for nobody; with access control they are named
   *     beside who proved to be there, never instead
   */
  public String orderedBy(@org.jspecify.annotations.Nullable String named) {
    Actor actor = actor();
    if (actor.kind() == Actor.Kind.ANYONE) {
      return named == null ? "rest" : named;
    }
    String name = printable(actor.name(), LONGEST_NAME);
    String beside = " (" + name + ")";
    return named == null || beside.length() >= LONGEST_NAME
        ? name
        : printable(named, LONGEST_NAME - beside.length()) + beside;
  }

  /** What records take as a name: one line that is not too long. */
  private static String printable(String name, int longest) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .map(c -> Character.isISOControl(c) ? ' ' : c)
        .takeWhile(c -> text.length() + Character.charCount(c) <= longest)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
