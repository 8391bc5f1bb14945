package io.profilemesh.query.journal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names what a route changes, for the audit log. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Audited {

  /** What is done, such as {@code cancel}. */
  String action();

  /** Kind of the thing it is done to, such as {@code run}. */
  String resource();
}
