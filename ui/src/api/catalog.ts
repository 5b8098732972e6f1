// The catalog of queries and feeds as the program serves it; it does not change while the program runs.
import { useQuery } from "@tanstack/react-query";
import { request } from "./client";
import type { components } from "./generated/api";

export type CatalogQuery = components["schemas"]["CatalogQuery"];
export type CatalogFeed = components["schemas"]["CatalogFeed"];

/** Every query and feed there is, by id, and the usual sets of permissions; undefined while they are on their way. */
export function useCatalog(): { catalog: components["schemas"]["Catalog"] | undefined; error: unknown; reload: () => void } {
  const { data, error, refetch } = useQuery({
    queryKey: ["catalog"],
    queryFn: () => request<components["schemas"]["Catalog"]>("GET", "/catalog"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { catalog: data, error, reload: () => void refetch() };
}
