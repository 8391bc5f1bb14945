/** What is written down about the configuration, made from the declaration of its keys. */
@NullMarked
package io.profilemesh.configuration.reference;

import org.jspecify.annotations.NullMarked;
