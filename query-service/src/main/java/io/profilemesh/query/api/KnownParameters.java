package io.profilemesh.query.api;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses parameters that a route does not have, and those given twice: a misspelt filter must not
 * answer with everything.
 */
public class KnownParameters {

  private final Map<Method, SortedSet<String>> known = new ConcurrentHashMap<>();

  @ServerRequestFilter
  @Nullable Response check(ContainerRequestContext request, ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    if (method == null) {
      return null;
    }
    SortedSet<String> names = known.computeIfAbsent(method, KnownParameters::namesOf);
    for (Map.Entry<String, List<String>> given :
        request.getUriInfo().getQueryParameters().entrySet()) {
      if (!names.contains(given.getKey())) {
        return ProblemMappers.response(
            Problem.of(
                ProblemCode.UNKNOWN_PARAMETER,
                "This path has no such parameter.",
                given.getKey(),
                List.copyOf(names)));
      }
      if (given.getValue().size() > 1) {
        return ProblemMappers.response(
            Problem.of(
                ProblemCode.INVALID_PARAMETER,
                given.getKey() + " is given more than once.",
                given.getKey(),
                null));
      }
      // The framework takes an empty value for an absent one, and would ignore the filter.
      if (given.getValue().get(0).isEmpty() && !given.getKey().equals(Values.SCHEMA)) {
        return ProblemMappers.response(
            Problem.of(
                given.getKey().equals("cursor")
                    ? ProblemCode.INVALID_CURSOR
                    : ProblemCode.INVALID_PARAMETER,
                given.getKey() + " is empty: leave it out, or give a value.",
                given.getKey(),
                null));
      }
    }
    return null;
  }

  private static SortedSet<String> namesOf(Method method) {
    SortedSet<String> names = new TreeSet<>();
    for (Parameter parameter : method.getParameters()) {
      QueryParam own = parameter.getAnnotation(QueryParam.class);
      if (own != null) {
        names.add(own.value());
      }
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        for (Field field : parameter.getType().getDeclaredFields()) {
          QueryParam one = field.getAnnotation(QueryParam.class);
          if (one != null) {
            names.add(one.value());
          }
        }
      }
    }
    return names;
  }
}
