from .check import ClientFactory, check


@check("keep_the_rotation_period")
def a_key_keeps_its_rotation_period(aws: ClientFactory) -> None:
    kms = aws("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=180)
    assert kms.get_key_rotation_status(KeyId=key).get("RotationPeriodInDays") == 180


@check("return_the_rotation_period")
def a_key_rotates_every_year_by_default(aws: ClientFactory) -> None:
    kms = aws("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    assert "RotationPeriodInDays" not in kms.get_key_rotation_status(KeyId=key)
    kms.enable_key_rotation(KeyId=key)
    assert kms.get_key_rotation_status(KeyId=key).get("RotationPeriodInDays") == 365
