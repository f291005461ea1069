"""S3: a part of a bucket is named in the query, and actions have names of their own."""

from typing import Any
from urllib.parse import parse_qs, urlparse
from xml.etree import ElementTree

from moto.core.responses import BaseResponse
from moto.s3.models import s3_backends

from ..service import Context, Known, Place, Service

PARTS = {
    "accelerate": "AccelerateConfiguration",
    "acl": "BucketAcl",
    "cors": "BucketCORS",
    "encryption": "EncryptionConfiguration",
    "intelligent-tiering": "IntelligentTieringConfiguration",
    "inventory": "InventoryConfiguration",
    "lifecycle": "LifecycleConfiguration",
    "location": "BucketLocation",
    "logging": "BucketLogging",
    "metrics": "MetricsConfiguration",
    "analytics": "AnalyticsConfiguration",
    "notification": "BucketNotification",
    "object-lock": "BucketObjectLockConfiguration",
    "ownershipControls": "BucketOwnershipControls",
    "policy": "BucketPolicy",
    "policyStatus": "BucketPolicyStatus",
    "publicAccessBlock": "BucketPublicAccessBlock",
    "replication": "ReplicationConfiguration",
    "requestPayment": "BucketRequestPayment",
    "tagging": "BucketTagging",
    "versioning": "BucketVersioning",
    "website": "BucketWebsite",
}
"""Names in actions, by the query's name of the part."""

LISTS = {"versions": "ListBucketVersions", "uploads": "ListBucketMultipartUploads"}

DELETED_BY_ACTIONS_OF_THEIR_OWN = {"policy", "website"}
"""To delete any other part is to put it."""

OBJECT_PARTS = {
    "acl": "ObjectAcl",
    "legal-hold": "ObjectLegalHold",
    "retention": "ObjectRetention",
    "tagging": "ObjectTagging",
    "attributes": "ObjectAttributes",
}

HEADERS = (
    "x-amz-acl",
    "x-amz-copy-source",
    "x-amz-object-ownership",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-storage-class",
)

QUERY = ("prefix", "delimiter", "max-keys")


def s3_questions(response: BaseResponse, arn: str, place: Place) -> dict[str, Any]:
    """The questions of a call on a bucket or an object, and the operation as an action tells it.

    :param arn: of the bucket or object, as moto gives it
    """
    query = parse_qs(urlparse(response.uri).query, keep_blank_values=True)
    action = _action(response, query, "/" in arn)
    arns = [] if action == "ListAllMyBuckets" else _deleted_together(response, arn) or [arn]
    resources = [_resource(each, place) for each in arns]
    question = {"action": f"s3:{action}", "resources": resources, "context": _context(response, query, place)}
    return {"operation": action, "questions": [question]}


def _resource(arn: str, place: Place) -> dict[str, Any]:
    known = _known(arn, place)
    resource: dict[str, Any] = {"arn": arn, "context": {}}
    if known.policy is None:
        return resource
    return {**resource, "policy": {"name": arn.partition("/")[0], "document": known.policy}}


def _deleted_together(response: BaseResponse, bucket: str) -> list[str]:
    if response.data.get("Action") != "DeleteObject" or response.method != "POST":
        return []
    keys = (node.text or "" for node in ElementTree.fromstring(response.body).iter() if node.tag.endswith("Key"))
    return [f"{bucket}/{key}" for key in keys]


def _action(response: BaseResponse, query: dict[str, list[str]], is_object: bool) -> str:
    method = response.method
    named = str(response.data.get("Action"))
    if named == "ListAllMyBuckets":
        return named
    if is_object:
        return _object_action(method, query)
    if method == "POST":
        # Objects that are deleted together; a form that puts one.
        return named
    part = next((part for part in PARTS if part in query), None)
    if part is not None:
        if method == "DELETE" and part in DELETED_BY_ACTIONS_OF_THEIR_OWN:
            return f"Delete{PARTS[part]}"
        return f"{'Get' if method in ('GET', 'HEAD') else 'Put'}{PARTS[part]}"
    listed = next((LISTS[name] for name in LISTS if name in query), "ListBucket")
    return {"PUT": "CreateBucket", "DELETE": "DeleteBucket"}.get(method, listed)


def _object_action(method: str, query: dict[str, list[str]]) -> str:
    version = "Version" if "versionId" in query else ""
    verb = {"GET": "Get", "HEAD": "Get", "PUT": "Put", "POST": "Put", "DELETE": "Delete"}.get(method, "Get")
    part = next((OBJECT_PARTS[part] for part in OBJECT_PARTS if part in query), None)
    if part is not None:
        return f"{verb}{part.replace('Object', f'Object{version}', 1)}"
    if "uploadId" in query and method in ("GET", "DELETE"):
        return "ListMultipartUploadParts" if method == "GET" else "AbortMultipartUpload"
    if "restore" in query:
        return "RestoreObject"
    return "PutObject" if verb == "Put" else f"{verb}Object{version}"


def _context(response: BaseResponse, query: dict[str, list[str]], place: Place) -> Context:
    context: Context = {
        "aws:RequestedRegion": place.region,
        # As with aws:SecureTransport: the sandbox has no TLS, and production's endpoints have its newest version.
        "aws:SecureTransport": "true",
        "s3:TlsVersion": "1.3",
        "aws:ViaAWSService": "false",
        "s3:ResourceAccount": place.account,
        "s3:authType": "REST-HEADER",
        "s3:signatureversion": "AWS4-HMAC-SHA256",
    }
    context |= {f"s3:{name}": query[name][0] for name in QUERY if name in query}
    context |= {f"s3:{name}": response.headers[name] for name in HEADERS if name in response.headers}
    return context


def _known(arn: str, place: Place) -> Known:
    bucket: Any = s3_backends[place.account]["aws"].buckets.get(arn.removeprefix("arn:aws:s3:::").partition("/")[0])
    return Known(policy=bucket.policy.decode()) if bucket is not None and bucket.policy else Known()


S3 = Service("s3", known=_known)
