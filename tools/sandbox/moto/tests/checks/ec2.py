from .check import ClientFactory, check


@check("tag_on_creation")
def dhcp_options_have_the_tags_of_their_creation(aws: ClientFactory) -> None:
    options = aws("ec2").create_dhcp_options(
        DhcpConfigurations=[{"Key": "domain-name", "Values": ["test"]}], TagSpecifications=_tags("dhcp-options")
    )
    assert options["DhcpOptions"]["Tags"] == [{"Key": "Name", "Value": "tagged"}]


@check("keep_template_tags_out_of_versions")
def a_launch_templates_own_tags_are_not_in_its_versions(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    data = {"InstanceType": "m6i.large", "TagSpecifications": _tags("instance")}
    ec2.create_launch_template(
        LaunchTemplateName="tagged", LaunchTemplateData=data, TagSpecifications=_tags("launch-template")
    )
    version = ec2.describe_launch_template_versions(LaunchTemplateName="tagged")["LaunchTemplateVersions"][0]
    specifications = version["LaunchTemplateData"]["TagSpecifications"]
    assert [specification["ResourceType"] for specification in specifications] == ["instance"]


@check("return_the_tags_of_today")
def a_launch_template_can_be_tagged_later(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    template = ec2.create_launch_template(LaunchTemplateName="later", LaunchTemplateData={"InstanceType": "m6i.large"})
    tags = [{"Key": "Name", "Value": "tagged"}]
    ec2.create_tags(Resources=[template["LaunchTemplate"]["LaunchTemplateId"]], Tags=tags)
    assert ec2.describe_launch_templates(LaunchTemplateNames=["later"])["LaunchTemplates"][0].get("Tags") == tags


@check("delete_the_network_interface_too")
def a_nat_gateways_network_interface_goes_with_it(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    subnet = _subnets(ec2, 1)[0]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    gateway = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]["NatGatewayId"]
    assert len(_interfaces(ec2, subnet)) == 1
    ec2.delete_nat_gateway(NatGatewayId=gateway)
    assert _interfaces(ec2, subnet) == []


@check("delete_the_primary_network_interface_on_termination")
def an_instances_network_interface_goes_with_it(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    subnet = _subnets(ec2, 1)[0]
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    launched = ec2.run_instances(ImageId=image, SubnetId=subnet, MinCount=1, MaxCount=1)
    assert len(_interfaces(ec2, subnet)) == 1
    ec2.terminate_instances(InstanceIds=[launched["Instances"][0]["InstanceId"]])
    assert _interfaces(ec2, subnet) == []


@check("have_the_groups_of_the_primary_network_interface", "associate_no_address_with_nothing")
def an_instance_has_what_its_network_interface_has(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    subnet = ec2.describe_subnets(SubnetIds=[_subnets(ec2, 1)[0]])["Subnets"][0]
    group = ec2.create_security_group(GroupName="primary", Description="d", VpcId=subnet["VpcId"])["GroupId"]
    interface = {"DeviceIndex": 0, "SubnetId": subnet["SubnetId"], "Groups": [group], "AssociatePublicIpAddress": False}
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    launched = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1, NetworkInterfaces=[interface])
    ids = [launched["Instances"][0]["InstanceId"]]
    found = ec2.describe_instances(InstanceIds=ids)["Reservations"][0]["Instances"][0]
    assert [each["GroupId"] for each in found["SecurityGroups"]] == [group]
    assert "Association" not in found["NetworkInterfaces"][0]


@check("watch_instances_closely", "watch_instances_no_more")
def an_instance_is_watched_closely_or_not(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    ids = [ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1)["Instances"][0]["InstanceId"]]
    answers = [ec2.monitor_instances(InstanceIds=ids), ec2.unmonitor_instances(InstanceIds=ids)]
    assert [it["InstanceMonitorings"][0]["Monitoring"]["State"] for it in answers] == ["enabled", "disabled"]
    found = ec2.describe_instances(InstanceIds=ids)["Reservations"][0]["Instances"][0]
    assert found["Monitoring"]["State"] == "disabled"


@check("know_an_image_by_its_id")
def an_image_is_known_by_its_id(aws: ClientFactory) -> None:
    image = aws("ec2").describe_images(ImageIds=["ami-0abcdef1234567890"])["Images"][0]
    assert (image["Architecture"], image["RootDeviceName"]) == ("x86_64", "/dev/xvda")


@check("start_a_root_volume_from_its_image")
def a_root_volume_is_as_large_as_its_image(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    image = ec2.describe_images(Owners=["amazon"])["Images"][0]
    root = {"DeviceName": image["RootDeviceName"], "Ebs": {"Encrypted": True, "DeleteOnTermination": True}}
    launched = ec2.run_instances(
        ImageId=image["ImageId"], SubnetId=_subnets(ec2, 1)[0], MinCount=1, MaxCount=1, BlockDeviceMappings=[root]
    )
    attached = [{"Name": "attachment.instance-id", "Values": [launched["Instances"][0]["InstanceId"]]}]
    volume = ec2.describe_volumes(Filters=attached)["Volumes"][0]
    assert volume["Encrypted"]
    assert volume["Size"] == image["BlockDeviceMappings"][0]["Ebs"]["VolumeSize"]


@check("keep_the_description_of_prefix_list_rules", "describe_every_kind_of_rule")
def a_rule_of_every_kind_has_its_description(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    group = _group(ec2, "described")
    peers = [
        {"IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "cidr"}]},
        {"Ipv6Ranges": [{"CidrIpv6": "fd00::/8", "Description": "cidr6"}]},
        {"UserIdGroupPairs": [{"GroupId": group, "Description": "group"}]},
        {"PrefixListIds": [{"PrefixListId": _prefix_list(ec2), "Description": "list"}]},
    ]
    described = [_rule(ec2, group, "tcp", peer)["Description"] for peer in peers]
    assert described == ["cidr", "cidr6", "group", "list"]


@check("change_every_kind_of_rule")
def a_rule_for_all_protocols_can_change_without_ports(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    group = _group(ec2, "all-protocols")
    rule = _rule(ec2, group, "-1", {"IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "before"}]})
    changed = _change(ec2, group, rule, {"IpProtocol": "-1", "CidrIpv4": "10.1.0.0/16", "Description": "after"})
    assert (changed["CidrIpv4"], changed["Description"]) == ("10.1.0.0/16", "after")
    changed = _change(ec2, group, rule, {"IpProtocol": "-1", "CidrIpv4": "10.1.0.0/16"})
    assert "Description" not in changed


@check("change_every_kind_of_rule")
def the_peer_of_a_rule_can_change(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    group, other = _group(ec2, "peers"), _group(ec2, "other")
    https = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443}

    rule = _rule(ec2, group, "tcp", {"UserIdGroupPairs": [{"GroupId": group}]})
    changed = _change(ec2, group, rule, {**https, "ReferencedGroupId": other, "Description": "after"})
    assert (changed["ReferencedGroupInfo"]["GroupId"], changed.get("Description")) == (other, "after")

    rule = _rule(ec2, group, "tcp", {"PrefixListIds": [{"PrefixListId": _prefix_list(ec2)}]})
    dynamodb = _prefix_list(ec2, "dynamodb")
    changed = _change(ec2, group, rule, {**https, "PrefixListId": dynamodb, "Description": "after"})
    assert (changed["PrefixListId"], changed.get("Description")) == (dynamodb, "after")

    rule = _rule(ec2, group, "tcp", {"Ipv6Ranges": [{"CidrIpv6": "fd00::/8"}]})
    assert _change(ec2, group, rule, {**https, "CidrIpv6": "fd00::/16"})["CidrIpv6"] == "fd00::/16"


@check("keep_address_type_and_dns_options")
def an_endpoint_keeps_its_address_type_and_dns_options(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    default = _endpoint(ec2, _subnets(ec2, 1))
    assert (default.get("IpAddressType"), default.get("DnsOptions")) == ("ipv4", {"DnsRecordIpType": "ipv4"})
    options = {"DnsRecordIpType": "service-defined"}
    asked = _endpoint(ec2, _subnets(ec2, 1), IpAddressType="dualstack", DnsOptions=options)
    assert (asked.get("IpAddressType"), asked.get("DnsOptions")) == ("dualstack", options)


@check("change_dns_address_type_and_policy")
def an_endpoints_options_can_change(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    endpoint = _endpoint(ec2, _subnets(ec2, 1), PolicyDocument="{}", PrivateDnsEnabled=True)
    options = {"DnsRecordIpType": "service-defined"}
    ec2.modify_vpc_endpoint(
        VpcEndpointId=endpoint["VpcEndpointId"],
        IpAddressType="dualstack",
        DnsOptions=options,
        PrivateDnsEnabled=False,
        ResetPolicy=True,
    )
    changed = _described(ec2, endpoint)
    assert (changed.get("IpAddressType"), changed.get("DnsOptions")) == ("dualstack", options)
    assert changed["PrivateDnsEnabled"] is False
    assert "Allow" in changed["PolicyDocument"]


@check("move_routes_and_network_interfaces")
def the_network_interfaces_of_an_endpoint_follow_its_subnets(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    first, second = _subnets(ec2, 2)
    endpoint = _endpoint(ec2, [first])
    ec2.modify_vpc_endpoint(VpcEndpointId=endpoint["VpcEndpointId"], AddSubnetIds=[second], RemoveSubnetIds=[first])
    assert _interfaces(ec2, first) == []
    assert _interfaces(ec2, second) == _described(ec2, endpoint)["NetworkInterfaceIds"]


@check("move_routes_and_network_interfaces")
def the_routes_of_a_gateway_endpoint_follow_its_route_tables(aws: ClientFactory) -> None:
    ec2 = aws("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    first, second = (ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"] for _ in range(2))
    endpoint = ec2.create_vpc_endpoint(
        VpcId=vpc, ServiceName="com.amazonaws.ap-northeast-1.s3", VpcEndpointType="Gateway", RouteTableIds=[first]
    )["VpcEndpoint"]["VpcEndpointId"]
    ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, AddRouteTableIds=[second], RemoveRouteTableIds=[first])
    assert (_endpoint_routes(ec2, first), _endpoint_routes(ec2, second)) == ([], [endpoint])
    ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    assert _endpoint_routes(ec2, second) == []


def _tags(resource_type: str) -> list[dict]:
    return [{"ResourceType": resource_type, "Tags": [{"Key": "Name", "Value": "tagged"}]}]


def _subnets(ec2, count: int) -> list[str]:
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    blocks = [f"10.0.{number}.0/24" for number in range(count)]
    return [ec2.create_subnet(VpcId=vpc, CidrBlock=block)["Subnet"]["SubnetId"] for block in blocks]


def _interfaces(ec2, subnet: str) -> list[str]:
    found = ec2.describe_network_interfaces(Filters=[{"Name": "subnet-id", "Values": [subnet]}])
    return [interface["NetworkInterfaceId"] for interface in found["NetworkInterfaces"]]


def _group(ec2, name: str) -> str:
    return ec2.create_security_group(GroupName=name, Description=name)["GroupId"]


def _prefix_list(ec2, service: str = "s3") -> str:
    names = [f"com.amazonaws.ap-northeast-1.{service}"]
    found = ec2.describe_managed_prefix_lists(Filters=[{"Name": "prefix-list-name", "Values": names}])
    return found["PrefixLists"][0]["PrefixListId"]


def _rule(ec2, group: str, protocol: str, peer: dict) -> dict:
    ports = {} if protocol == "-1" else {"FromPort": 443, "ToPort": 443}
    permission = {"IpProtocol": protocol, **ports, **peer}
    return ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])["SecurityGroupRules"][0]


def _change(ec2, group: str, rule: dict, request: dict) -> dict:
    identifier = rule["SecurityGroupRuleId"]
    update = {"SecurityGroupRuleId": identifier, "SecurityGroupRule": request}
    ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=[update])
    return ec2.describe_security_group_rules(SecurityGroupRuleIds=[identifier])["SecurityGroupRules"][0]


def _endpoint(ec2, subnets: list[str], **arguments: object) -> dict:
    vpc = ec2.describe_subnets(SubnetIds=subnets)["Subnets"][0]["VpcId"]
    endpoint = ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName="com.amazonaws.ap-northeast-1.sts",
        VpcEndpointType="Interface",
        SubnetIds=subnets,
        **arguments,
    )["VpcEndpoint"]
    return _described(ec2, endpoint)


def _described(ec2, endpoint: dict) -> dict:
    return ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint["VpcEndpointId"]])["VpcEndpoints"][0]


def _endpoint_routes(ec2, table: str) -> list[str]:
    routes = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"]
    return [route["GatewayId"] for route in routes if route.get("GatewayId", "").startswith("vpce-")]
