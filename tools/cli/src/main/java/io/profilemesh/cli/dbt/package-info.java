/** What dbt says of its models. */
@NullMarked
package io.profilemesh.cli.dbt;

import org.jspecify.annotations.NullMarked;
