//! Names by which documents say what they mean: of parameters, and of properties of a reply.
//!
//! Only names are listed whose meaning is settled among APIs; one that means this here and that there
//! (`count`, `next` of a text, `start`) isn't.

/// The number of items before the page, where it is a number.
pub(super) const OFFSETS: [&str; 2] = ["offset", "skip"];

/// The number of the page.
pub(super) const NUMBERS: [&str; 5] = ["page", "page_number", "pageNumber", "page[number]", "Page"];

/// The most items of a page.
pub(super) const SIZES: [&str; 15] = [
    "limit",
    "per_page",
    "perPage",
    "page_size",
    "pageSize",
    "page[size]",
    "page[limit]",
    "size",
    "count",
    "max_results",
    "maxResults",
    "top",
    "take",
    "PageSize",
    "results_per_page",
];

/// A cursor that the reply gives: the parameter, and where it stands in the reply.
pub(super) const CURSORS: [(&str, &[&str]); 17] = [
    (
        "cursor",
        &[
            "/response_metadata/next_cursor",
            "/next_cursor",
            "/nextCursor",
            "/meta/next_cursor",
            "/meta/nextCursor",
            "/metadata/next_cursor",
            "/metadata/nextCursor",
            "/pagination/next_cursor",
            "/pagination/nextCursor",
            "/page_info/next_cursor",
            "/paging/next_cursor",
            "/cursor",
        ],
    ),
    ("next_cursor", &["/next_cursor", "/meta/next_cursor", "/pagination/next_cursor"]),
    ("nextCursor", &["/nextCursor", "/meta/nextCursor", "/pagination/nextCursor"]),
    ("after", &["/paging/next/after", "/paging/cursors/after", "/meta/next_cursor", "/last_id"]),
    ("starting_after", &["/pages/next/starting_after"]),
    ("page[cursor]", &["/meta/next_cursor", "/meta/page/next_cursor"]),
    ("pageToken", &["/nextPageToken"]),
    ("page_token", &["/next_page_token", "/meta/next_page_token", "/pagination/next_page_token"]),
    ("page-token", &["/next-page-token"]),
    ("next_token", &["/next_token", "/meta/next_token"]),
    ("nextToken", &["/nextToken"]),
    ("NextToken", &["/NextToken"]),
    ("next_page_token", &["/next_page_token"]),
    ("nextPageToken", &["/nextPageToken"]),
    ("continuation_token", &["/continuation_token"]),
    ("continue", &["/metadata/continue"]),
    ("offset", &["/next_page/offset"]),
];

/// A cursor that is the id of the last item.
pub(super) const LAST_ITEMS: [&str; 2] = ["starting_after", "after"];

/// Whether there is another page.
pub(super) const MORE: [&str; 7] = [
    "/has_more",
    "/hasMore",
    "/has_next_page",
    "/meta/has_more",
    "/pagination/has_more",
    "/pagination/hasMore",
    "/response_metadata/has_more",
];

/// The address of the next page.
pub(super) const ADDRESSES: [&str; 14] = [
    "/next_url",
    "/nextUrl",
    "/next_page_url",
    "/nextPageUrl",
    "/next_page_uri",
    "/next_link",
    "/nextLink",
    "/@odata.nextLink",
    "/links/next",
    "/_links/next/href",
    "/meta/next_url",
    "/pagination/next_url",
    "/pagination/next_page_url",
    "/paging/next_url",
];

/// The number of all items.
pub(super) const TOTALS: [&str; 18] = [
    "/total",
    "/total_count",
    "/totalCount",
    "/total_items",
    "/totalItems",
    "/totalResults",
    "/totalElements",
    "/totalRecords",
    "/page/totalElements",
    "/meta/total",
    "/meta/total_count",
    "/meta/totalCount",
    "/metadata/total_count",
    "/metadata/total_record_count",
    "/pagination/total",
    "/pagination/total_count",
    "/pagination/totalCount",
    "/paging/total",
];

/// Properties that hold a list's items, whatever the items are.
pub(super) const LISTS: [&str; 9] =
    ["data", "items", "results", "values", "entries", "records", "elements", "value", "Resources"];

/// Properties that are lists, and not the one that is paged.
pub(super) const BESIDE: [&str; 4] = ["errors", "warnings", "included", "facets"];

/// Words of a description that say which number the first page has.
pub(super) const FIRSTS: [(&str, u64); 4] =
    [("0-based", 0), ("zero-based", 0), ("1-based", 1), ("one-based", 1)];
